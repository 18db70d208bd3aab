import type { INodeProperties } from 'n8n-workflow';
import { MOST_PER_SECOND } from './client/rate-limiter';

/** A field of both Kommo credentials. */
export const REQUESTS_PER_SECOND: INodeProperties = {
	displayName: 'Requests per Second',
	name: 'requestsPerSecond',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MOST_PER_SECOND },
	default: MOST_PER_SECOND,
	description:
		'Kommo takes 7 from one IP address. If several n8n workers share the address, enter the share of one: 3 for two workers, 2 for three.',
};

/** The share of this process; all of it where a credential was saved before there were shares. */
export function requestsPerSecond(value: unknown): number {
	const share = Math.floor(Number(value));
	return share >= 1 && share <= MOST_PER_SECOND ? share : MOST_PER_SECOND;
}
