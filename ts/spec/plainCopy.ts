/** A signal sample is no deeper than 5. */
const DEEPEST = 20;

/**
 * A copy of a value as `JSON.parse` makes them, lists and objects of strings, numbers, booleans and null; `undefined`
 * where it holds anything else, such as typed arrays, holes or itself.
 */
export function plainCopy(value: unknown, deepest: number = DEEPEST): unknown {
	if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
	if (value === null) return null;
	if (typeof value !== "object" || deepest === 0) return undefined;
	if (Array.isArray(value)) return copyOfList(value, deepest - 1);
	const prototype = Object.getPrototypeOf(value);
	return prototype === Object.prototype || prototype === null ? copyOfObject(value, deepest - 1) : undefined;
}

function copyOfList(list: readonly unknown[], deepest: number): unknown[] | undefined {
	const copy: unknown[] = [];
	for (let i = 0; i < list.length; i++) {
		const entry = plainCopy(list[i], deepest);
		if (entry === undefined) return undefined;
		copy.push(entry);
	}
	return copy;
}

function copyOfObject(value: object, deepest: number): object | undefined {
	const copy: Record<string, unknown> = {};
	for (const [key, entry] of Object.entries(value)) {
		const entryCopy = plainCopy(entry, deepest);
		// Assigning to this key would change the prototype.
		if (entryCopy === undefined || key === "__proto__") return undefined;
		copy[key] = entryCopy;
	}
	return copy;
}
