import { readFileSync } from 'node:fs';
import ts from 'typescript';

/**
 * The titles of every test in a file, each with those of its describe blocks, from outside in. Titles that are put together
 * at run time are left out.
 */
export function testTitlesOf(file: string): string[][] {
	const source = ts.createSourceFile(
		file,
		readFileSync(file, 'utf8'),
		ts.ScriptTarget.Latest,
		true,
	);
	const found: string[][] = [];
	const visit = (node: ts.Node, outer: readonly string[]): void => {
		const block = ts.isCallExpression(node) ? titledBlock(node) : null;
		if (block?.kind === 'it') found.push([...outer, block.title]);
		const inner = block?.kind === 'describe' ? [...outer, block.title] : outer;
		ts.forEachChild(node, (child) => visit(child, inner));
	};
	visit(source, []);
	return found;
}

/** `it('title', …)`, `describe.each(…)('title', …)` and their like. */
function titledBlock(call: ts.CallExpression): { kind: string; title: string } | null {
	const [title] = call.arguments;
	if (!title || !ts.isStringLiteralLike(title)) return null;
	const kind = /^(describe|it)\b(?!\.skip|\.todo)/.exec(call.expression.getText())?.[1];
	return kind ? { kind, title: title.text } : null;
}
