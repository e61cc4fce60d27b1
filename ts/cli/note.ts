/** A word to the user on standard error, unless he asked for quiet. */
export function note(text: string, options: { readonly quiet?: true }): void {
	if (!options.quiet) process.stderr.write(`histfactory: note: ${text}\n`);
}
