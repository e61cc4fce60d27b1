/** The command of a Python program; only where the options name a Python. */
export function python(...programArguments) {
	return (options) => (options.python === undefined ? undefined : [options.python, programArguments]);
}
