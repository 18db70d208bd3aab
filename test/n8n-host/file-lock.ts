import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const isAlive = (pid: number): boolean => {
	if (!Number.isInteger(pid) || pid <= 0) return false;
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
};

/** What the file says, normally a pid, or null when there is no such file. */
const holderOf = async (file: string): Promise<string | null> =>
	await readFile(file, 'utf8').catch(() => null);

/** A holder that ended without releasing leaves its file behind. Only one waiter may move it away. */
const removeAbandoned = async (file: string, holder: string): Promise<void> => {
	const aside = `${file}.${randomUUID()}`;
	await rename(file, aside).catch(() => undefined);
	const moved = await holderOf(aside);
	// Another waiter was faster and the file is already a new holder's: give it back.
	if (moved !== null && moved !== holder) await rename(aside, file);
	else await rm(aside, { force: true });
};

/** The file appears at once with its content, so that a waiter never reads a half-written one. */
const acquire = async (file: string): Promise<boolean> => {
	const own = `${file}.${randomUUID()}`;
	await writeFile(own, String(process.pid));
	try {
		await link(own, file);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw error;
	} finally {
		await rm(own, { force: true });
	}
};

/**
 * Runs `work` while holding `file`, which names the process that holds it. Others wait;
 * `onWait` is called once with the holder's pid when there is something to wait for.
 */
export const withFileLock = async <T>(
	file: string,
	work: () => Promise<T>,
	onWait: (pid: number) => void = () => {},
): Promise<T> => {
	await mkdir(path.dirname(file), { recursive: true });
	let told = false;
	while (!(await acquire(file))) {
		const holder = await holderOf(file);
		if (holder === null) continue;
		if (!isAlive(Number(holder))) {
			await removeAbandoned(file, holder);
			continue;
		}
		if (!told) onWait(Number(holder));
		told = true;
		await pause(250);
	}
	try {
		return await work();
	} finally {
		await rm(file, { force: true });
	}
};
