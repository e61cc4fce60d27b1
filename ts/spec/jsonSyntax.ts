import type { PathSegment } from "./path.js";

/** Where and how a text stops being JSON. */
export interface JsonFault {
	readonly kind:
		| "truncated"
		| "non-finite"
		| "trailing-comma"
		| "single-quotes"
		| "comment"
		| "trailing-text"
		| "unexpected";
	/** Position in UTF-16 units. */
	readonly offset: number;
	/** The place in the document that was being read. */
	readonly at: readonly PathSegment[];
	/** What stands there, up to the next space, at most 20 characters; empty at the end of the text. */
	readonly found: string;
}

/**
 * The first fault of a text that `JSON.parse` refused, or `undefined` where there is none.
 *
 * Engines word their errors differently, and Node 20 often leaves out the position; this names the place
 * by line and by path. It keeps its own stack, so the depth of nesting does not matter.
 */
export function findJsonFault(text: string): JsonFault | undefined {
	return new Scanner(text).scan();
}

/** One-based line and column of an offset. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
	let line = 1;
	let start = 0;
	for (let next = text.indexOf("\n"); next !== -1 && next < offset; next = text.indexOf("\n", next + 1)) {
		line++;
		start = next + 1;
	}
	return { line, column: offset - start + 1 };
}

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![0-9.eE+-])/y;
const WORD = /(?:true|false|null)(?![A-Za-z0-9_])/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const NON_FINITE = /[+-]?(?:NaN|Infinity|inf)(?![A-Za-z0-9_])/iy;
/** The start of a number or word that the end of the text has cut. */
const CUT = /(?:-?[0-9.eE+-]*|t|tr|tru|f|fa|fal|fals|n|nu|nul)$/y;
/** The start of an escape that the end of the text has cut. */
const CUT_ESCAPE = /\\(?:u[0-9a-fA-F]{0,3})?$/y;

class Scanner {
	private offset = 0;
	/** For each open container the key or index being read. */
	private readonly place: PathSegment[] = [];
	private readonly text: string;

	constructor(text: string) {
		this.text = text;
	}

	scan(): JsonFault | undefined {
		for (;;) {
			const fault = this.value();
			if (fault !== undefined) return fault;
			if (this.place.length === 0) break;
		}
		this.take(SPACE);
		return this.offset === this.text.length ? undefined : this.fault("trailing-text");
	}

	/** Reads one scalar or opens one container, then closes and separates up to where the next value starts. */
	private value(): JsonFault | undefined {
		this.take(SPACE);
		const opening = this.text[this.offset];
		if (opening === "[" || opening === "{") {
			this.offset++;
			this.take(SPACE);
			if (this.text[this.offset] === (opening === "[" ? "]" : "}")) this.offset++;
			else {
				this.place.push(opening === "[" ? 0 : "");
				return opening === "[" ? undefined : this.key();
			}
		} else if (opening === '"') {
			const fault = this.string();
			if (fault !== undefined) return fault;
		} else if (!this.take(NUMBER) && !this.take(WORD)) return this.unexpected();
		return this.afterValue();
	}

	/** Closes what ends here; `undefined` when the next value or the end of the document comes. */
	private afterValue(): JsonFault | undefined {
		while (this.place.length > 0) {
			this.take(SPACE);
			const here = this.place[this.place.length - 1]!;
			const closing = typeof here === "number" ? "]" : "}";
			const next = this.text[this.offset];
			if (next === ",") {
				this.offset++;
				this.take(SPACE);
				if (this.text[this.offset] === closing) return this.fault("trailing-comma");
				if (typeof here !== "number") return this.key();
				this.place[this.place.length - 1] = here + 1;
				return undefined;
			}
			if (next !== closing) return this.unexpected();
			this.offset++;
			this.place.pop();
		}
		return undefined;
	}

	/** Reads `"key":`. */
	private key(): JsonFault | undefined {
		this.take(SPACE);
		const start = this.offset;
		const fault = this.text[start] === '"' ? this.string() : this.unexpected();
		if (fault !== undefined) return { ...fault, at: fault.at.slice(0, -1) };
		this.place[this.place.length - 1] = JSON.parse(this.text.slice(start, this.offset)) as string;
		this.take(SPACE);
		if (this.text[this.offset] !== ":") return this.unexpected();
		this.offset++;
		return undefined;
	}

	// Not one regular expression: its stack would grow with the length of the string.
	private string(): JsonFault | undefined {
		for (this.offset++; this.offset < this.text.length; this.offset++) {
			const unit = this.text.charCodeAt(this.offset);
			if (unit === 0x22) {
				this.offset++;
				return undefined;
			}
			if (unit < 0x20) return this.fault("unexpected");
			if (unit !== 0x5c) continue;
			if (!this.take(ESCAPE)) return this.fault(this.stands(CUT_ESCAPE) ? "truncated" : "unexpected");
			this.offset--;
		}
		return this.fault("truncated");
	}

	private take(token: RegExp): boolean {
		token.lastIndex = this.offset;
		const match = token.exec(this.text);
		if (match === null) return false;
		this.offset += match[0].length;
		return true;
	}

	private unexpected(): JsonFault {
		if (this.stands(NON_FINITE)) return this.fault("non-finite");
		if (this.offset === this.text.length || this.stands(CUT)) return this.fault("truncated");
		const next = this.text[this.offset]!;
		if (next === "'") return this.fault("single-quotes");
		if (next === "#" || next === "/") return this.fault("comment");
		return this.fault("unexpected");
	}

	private stands(token: RegExp): boolean {
		token.lastIndex = this.offset;
		return token.test(this.text);
	}

	private fault(kind: JsonFault["kind"]): JsonFault {
		const offset = kind === "truncated" ? this.text.length : this.offset;
		const found = /^.\S*/s.exec(this.text.slice(offset, offset + 20))?.[0] ?? "";
		return { kind, offset, at: [...this.place], found };
	}
}
