/** A fenced block of a Markdown file. */
export interface MarkdownBlock {
	/** The word after the opening fence; empty where there is none. */
	readonly language: string;
	/** Line of its first line of content, from 1. */
	readonly line: number;
	readonly content: string;
}

/** The fenced blocks of a Markdown text, in order. */
export function markdownBlocks(text: string): MarkdownBlock[] {
	const lines = text.split("\n");
	const blocks: MarkdownBlock[] = [];
	for (let i = 0; i < lines.length; i++) {
		if (!lines[i]!.startsWith("```")) continue;
		const end = lines.indexOf("```", i + 1);
		if (end < 0) throw new Error(`line ${i + 1}: the block is not closed`);
		const content = lines.slice(i + 1, end).map((line) => `${line}\n`);
		blocks.push({ language: lines[i]!.slice(3).trim(), line: i + 2, content: content.join("") });
		i = end;
	}
	return blocks;
}
