import type { KommoApi } from './kommo-api';

export interface LossReason {
	id: number;
	name: string;
}

export async function* listLossReasons(api: KommoApi): AsyncGenerator<LossReason> {
	for await (const entry of api.pages('/api/v4/leads/loss_reasons', [], 'loss_reasons')) {
		yield entry as unknown as LossReason;
	}
}
