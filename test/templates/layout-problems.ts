import type { WorkflowFile, WorkflowNode } from '../n8n-host/n8n-records';

interface Box {
	name: string;
	left: number;
	top: number;
	right: number;
	bottom: number;
}

/** A node's square, and room for the name below it. */
const NODE = { width: 96, height: 150 };
/** The editor's colour for neutral notes; a note without a colour is yellow. */
const NEUTRAL = 7;
/** Words, as n8n's template guidelines have them. */
const OVERVIEW_WORDS = { least: 100, most: 300 };
const SECTION_WORDS = 50;
/** From this number of nodes on the guidelines want the sections of a workflow named. */
const NODES_WITH_SECTIONS = 4;

/** What keeps a template from being read at a glance, left to right. */
export function layoutProblems({ nodes, connections }: WorkflowFile): string[] {
	const notes = nodes.filter(isNote);
	const steps = nodes.filter((node) => !isNote(node));
	const noteBoxes = notes.map((note) =>
		boxOf(note, { width: Number(note.parameters.width), height: Number(note.parameters.height) }),
	);
	const stepBoxes = steps.map((step) => boxOf(step, NODE));
	return [
		...noteProblems(notes, steps.length),
		...pairs(noteBoxes)
			.filter(overlap)
			.map(([a, b]) => `${a.name} lies over ${b.name}`),
		...pairs(stepBoxes)
			.filter(overlap)
			.map(([a, b]) => `${a.name} lies over ${b.name}`),
		...stepBoxes.flatMap((step) =>
			noteBoxes
				.filter((note) => overlap([step, note]) && !contains(note, step))
				.map((note) => `${step.name} sticks out of ${note.name}`),
		),
		...backwardConnections(steps, connections),
	];
}

export function isNote({ type }: WorkflowNode): boolean {
	return type === 'n8n-nodes-base.stickyNote';
}

function noteProblems(notes: readonly WorkflowNode[], steps: number): string[] {
	const overviews = notes.filter(({ parameters }) => parameters.color === undefined);
	const sections = notes.filter(({ parameters }) => parameters.color === NEUTRAL);
	const [overview] = overviews;
	if (!overview || overviews.length > 1) return [`${overviews.length} yellow notes instead of one`];
	const text = textOf(overview);
	const words = wordsIn(text);
	return [
		...['### How it works', '### Setup']
			.filter((heading) => !text.includes(heading))
			.map((heading) => `the overview lacks "${heading}"`),
		...(words < OVERVIEW_WORDS.least || words > OVERVIEW_WORDS.most
			? [`the overview has ${words} words`]
			: []),
		...notes
			.filter((note) => note !== overview && note.position[0] < overview.position[0])
			.map(({ name }) => `${name} stands left of the overview`),
		...(steps >= NODES_WITH_SECTIONS && sections.length === 0 ? ['no section is named'] : []),
		...sections
			.filter((section) => wordsIn(textOf(section)) >= SECTION_WORDS)
			.map(({ name }) => `${name} has ${SECTION_WORDS} words or more`),
		...notes
			.filter((note) => note !== overview && !sections.includes(note))
			.map(({ name }) => `${name} is neither yellow nor neutral`),
	];
}

function backwardConnections(
	steps: readonly WorkflowNode[],
	connections: WorkflowFile['connections'],
): string[] {
	const x = new Map(steps.map(({ name, position }) => [name, position[0]]));
	const edges = Object.entries(connections as Record<string, { main: Array<Target[] | null> }>);
	return edges.flatMap(([from, { main }]) =>
		main
			.flatMap((targets) => targets ?? [])
			.filter(({ node }) => (x.get(node) ?? 0) <= (x.get(from) ?? 0))
			.map(({ node }) => `${from} → ${node} does not lead to the right`),
	);
}

interface Target {
	node: string;
}

function boxOf({ name, position: [left, top] }: WorkflowNode, size: typeof NODE): Box {
	return { name, left, top, right: left + size.width, bottom: top + size.height };
}

function pairs(boxes: readonly Box[]): Array<[Box, Box]> {
	return boxes.flatMap((a, index) => boxes.slice(index + 1).map((b): [Box, Box] => [a, b]));
}

function overlap([a, b]: [Box, Box]): boolean {
	return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function contains(outer: Box, inner: Box): boolean {
	return (
		outer.left <= inner.left &&
		outer.right >= inner.right &&
		outer.top <= inner.top &&
		outer.bottom >= inner.bottom
	);
}

function textOf({ parameters }: WorkflowNode): string {
	return String(parameters.content ?? '');
}

function wordsIn(text: string): number {
	return text.split(/\s+/).filter((word) => /\w/.test(word)).length;
}
