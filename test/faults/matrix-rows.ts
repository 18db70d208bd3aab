import { api } from './api';
import { body } from './body';
import { crashesAndOrder } from './crashes-and-order';
import { meaning } from './meaning';
import { registration } from './registration';
import { signature } from './signature';
import type { Cell, Row, TriggerId } from './matrix';

/** What the report needs of an area; the worlds of the areas differ. */
export interface ReportedArea {
	name: string;
	/** Where its tests are, from the root of the project. */
	file: string;
	rows: ReadonlyArray<{ fault: string; cells: Record<TriggerId, ReportedCell> }>;
}

type ReportedCell = Exclude<Cell<never>, { run: unknown }> | { outcome: string };

const areaOf = <World>(
	file: string,
	{ name, rows }: { name: string; rows: ReadonlyArray<Row<World>> },
): ReportedArea => ({ name, file: `test/faults/${file}.test.ts`, rows });

/** The whole matrix, area by area. */
export const MATRIX: readonly ReportedArea[] = [
	areaOf('signature', signature),
	areaOf('body', body),
	areaOf('meaning', meaning),
	areaOf('crashes-and-order', crashesAndOrder),
	areaOf('api', api),
	areaOf('registration', registration),
];
