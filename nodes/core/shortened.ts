/** A text that fits into `length` characters, ended with an ellipsis where something is missing. */
export function shortened(text: string, length: number): string {
	if (text.length <= length) return text;
	// Half of a surrogate pair is no text.
	return `${text.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
