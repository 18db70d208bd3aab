/** `npm run readme`: writes the generated parts of the README. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { eventsTable, TABLE_END, TABLE_START } from './events-table';

const README = path.resolve(__dirname, '../../README.md');
const text = readFileSync(README, 'utf8');
const start = text.indexOf(TABLE_START) + TABLE_START.length;
const end = text.indexOf(TABLE_END);
if (start < TABLE_START.length || end < start) throw new Error('The README has lost its markers.');
writeFileSync(README, `${text.slice(0, start)}\n\n${eventsTable()}\n\n${text.slice(end)}`);
