/** What messages of the library say about its options, and how the same is said on the command line. */
const WORDS: readonly (readonly [RegExp, string])[] = [
	[/^options\.fixed\.(.+?): /, "--fix/--free $1: "],
	[/^options\.(init|bounds)\.(.+?): /, "--$1 $2: "],
	[/^mus?: /, ""],
	[/^(parameters\[\d+\]|parameter|first|second): /, "--parameter: "],
	[/^values: /, ""],
	[/^options\.searchPoints: /, "--search: "],
	[/^options\.(poi|points): /, "--$1: "],
	[/^shard: /, ""],
	[/\bname a parameter in options\.poi\b/, "name a parameter with --poi"],
	[/\{ bounds: \{ "?(.+?)"?: \[lower, upper\] \} \}/, "--bounds '$1=lower:upper'"],
	[/\{ fixed: \{ "?(.+?)"?: false \} \}/, "--free '$1'"],
	[/\boptions\.maxIterations\b/g, "--max-iterations"],
	[/\boptions\.(init|bounds|starts)\b/g, "--$1"],
	[/\bsee model\.parameterNames\b/, "`histfactory inspect` lists its parameters"],
	[/\ba signal patch may bring it\b/, "a signal patch may bring it (--patch)"],
];

/** A message of the library in the words of the command line. */
export function inCommandLineWords(message: string): string {
	return WORDS.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), message);
}
