import { readdir } from 'node:fs/promises';
import path from 'node:path';

export const WORKFLOWS = path.resolve(__dirname, '../../workflows');

/** The names of all templates: 'set-up-kommo.json' … */
export async function templateFiles(): Promise<string[]> {
	const files = (await readdir(WORKFLOWS)).filter((file) => file.endsWith('.json'));
	return files.sort();
}
