import { resolveStage, type LeadChange } from './changes';
import type { Context } from './context';
import { LOST, type Lead } from './entities';
import { checkEntity, linkedIds } from './entity-checks';
import { invalidRequest } from './problem';
import { isObject, type Item, type ItemErrors } from './validation';

/** Checks the writable keys of one lead; unknown keys are ignored, as Kommo does. */
export function checkLead(
	ctx: Context,
	item: Item,
	errors: ItemErrors,
	current: Lead | null,
): LeadChange {
	const { store } = ctx;
	const change: LeadChange = {
		...checkEntity(ctx, 'leads', item, errors, current),
		price: checkPrice(ctx, item, errors),
		pipeline_id: errors.oneOf(item, 'pipeline_id', (id) => store.pipelines.has(id)),
		status_id: errors.int(item, 'status_id'),
		closed_at: errors.int(item, 'closed_at'),
		contacts: linkedContacts(ctx, item, errors),
	};
	if (errors.list.every(({ path }) => path !== 'pipeline_id' && path !== 'status_id')) {
		checkStage(ctx, change, errors, current);
	}
	if (item.loss_reason_id !== undefined) {
		change.loss_reason_id =
			item.loss_reason_id === null
				? null
				: errors.oneOf(item, 'loss_reason_id', (id) => store.lossReasons.has(id));
	}
	return change;
}

function checkPrice(ctx: Context, item: Item, errors: ItemErrors): number | undefined {
	if (ctx.switches.decimalPrices && typeof item.price === 'number') return item.price;
	return errors.int(item, 'price');
}

function checkStage(
	ctx: Context,
	change: LeadChange,
	errors: ItemErrors,
	current: Lead | null,
): void {
	const stage = resolveStage(ctx, current, change);
	// Incoming leads are accepted or declined, never moved into their stage by a write.
	const incoming =
		stage &&
		stage.status_id !== current?.status_id &&
		ctx.store.status(stage.pipeline_id, stage.status_id)?.type === 1;
	if (!stage || incoming) errors.notSupported('status_id');
}

function linkedContacts(ctx: Context, item: Item, errors: ItemErrors): LeadChange['contacts'] {
	const ids = linkedIds(ctx.store.contacts, item, 'contacts', errors);
	if (!ids || !isObject(item._embedded)) return undefined;
	const main = (item._embedded.contacts as Item[]).findIndex((entry) => entry.is_main === true);
	return ids.map((id, index) => ({ id, is_main: index === Math.max(main, 0) }));
}

/**
 * Collects leads whose loss reason is refused; the refusal has its own shape and comes after the
 * validation of all items.
 */
export class LossReasonCheck {
	private readonly refused: Record<string, string> = {};

	constructor(private readonly ctx: Context) {}

	add(id: number, current: Lead | null, change: LeadChange): void {
		if (change.loss_reason_id === undefined) return;
		const before = this.ctx.switches.lossReasonRule === 'before';
		const statusId = before ? current?.status_id : (change.status_id ?? current?.status_id);
		if (statusId !== LOST) {
			this.refused[String(id)] = 'Loss reason can be specified only for lost lead';
		}
	}

	finish(): void {
		if (Object.keys(this.refused).length > 0) throw invalidRequest(this.refused);
	}
}
