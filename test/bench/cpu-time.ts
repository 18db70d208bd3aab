import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second. */
const MS_PER_TICK = 10;

/**
 * Milliseconds of processor time that a process and all its children have used so far: n8n runs Code nodes in a child.
 * Unlike the time on the clock it hardly depends on what else the machine does. NaN where there is no /proc.
 */
export function cpuMsOf(pid: number): number {
	const processes = readdirOf('/proc')
		.filter((name) => /^\d+$/.test(name))
		.flatMap((name) => statOf(Number(name)) ?? []);
	const own = processes.find((candidate) => candidate.pid === pid);
	if (!own) return Number.NaN;
	const family = [own];
	// Grows while it is walked through: children of children come along.
	for (const { pid: parent } of family) {
		family.push(...processes.filter((candidate) => candidate.parent === parent));
	}
	return family.reduce((sum, { ticks }) => sum + ticks, 0) * MS_PER_TICK;
}

interface ProcessStat {
	pid: number;
	parent: number;
	ticks: number;
}

/** proc_pid_stat(5); null for a process that has just ended. */
function statOf(pid: number): ProcessStat | null {
	const text = readOrEmpty(`/proc/${pid}/stat`);
	// The command stands in parentheses and may hold anything.
	const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
	const [, parent, ...rest] = fields;
	if (parent === undefined) return null;
	return { pid, parent: Number(parent), ticks: Number(rest[9]) + Number(rest[10]) };
}

/** Resident memory in MB; NaN where there is no /proc. */
export function memoryMbOf(pid: number): number {
	const kb = /^VmRSS:\s+(\d+)/m.exec(readOrEmpty(`/proc/${pid}/status`))?.[1];
	return Number(kb) / 1024;
}

function readOrEmpty(file: string): string {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return '';
	}
}

function readdirOf(directory: string): string[] {
	try {
		return readdirSync(directory);
	} catch {
		return [];
	}
}
