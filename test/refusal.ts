/** What a call throws, as `name code | message`. */
export function refusal(call: () => unknown): string {
	try {
		call();
	} catch (error) {
		const { name, code, message } = error as { name: string; code: string; message: string };
		return `${name} ${code} | ${message}`;
	}
	throw new Error("nothing was thrown");
}
