import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { dropSeen } from '../../dedupe/drop-seen-items';
import { getLead, getLeadsByIds, type Lead } from '../client/leads';
import { isoTime } from '../client/unix-time';
import { kommoOf } from '../kommo-context';
import { nodeError } from '../node-errors';
import { simpleFields, simpleLead } from '../resources/lead/simple-lead';
import { changeKey } from './change-key';
import type { KommoChange } from './kommo-change';

interface PairedChange {
	change: KommoChange & { lead?: object | null };
	itemIndex: number;
}

/**
 * The trigger's execute(), the first step of the execution that webhook() started: completes what the body left out, and
 * drops what was seen before. Changes are remembered only after they are complete, so a failed run can be retried.
 */
export async function emitChanges(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const options = this.getNodeParameter('options', 0, {}) as { loadLead?: boolean };
	const received = this.getInputData().map(({ json }, itemIndex) => ({
		change: json as unknown as KommoChange,
		itemIndex,
	}));
	try {
		const complete = await completed(this, received, options.loadLead === true);
		const fresh = await dropSeen(this, complete, ({ change }) => ({
			eventId: changeKey(change, change.changedAt),
			meaning: null,
		}));
		return [fresh.map(toItem)];
	} catch (error) {
		throw nodeError(this.getNode(), error);
	}
}

/** Reads leads again where the body has no time (Digital Pipeline hooks tell little more than an id), or if asked to. */
async function completed(
	context: IExecuteFunctions,
	received: readonly PairedChange[],
	loadLead: boolean,
): Promise<PairedChange[]> {
	const needsLead = ({ change }: PairedChange) =>
		change.leadId !== null && (loadLead || change.changedAt === null);
	const ids = received.flatMap((entry) => {
		return needsLead(entry) && entry.change.leadId !== null ? [entry.change.leadId] : [];
	});
	const leads = await readLeads(context, [...new Set(ids)]);
	return received.map((entry) => {
		if (!needsLead(entry)) return entry;
		const lead = leads.get(entry.change.leadId ?? 0) ?? null;
		const change = entry.change.changedAt === null ? filledIn(entry.change, lead) : entry.change;
		const loaded = lead === null ? null : simpleLead(lead);
		return { ...entry, change: loadLead ? { ...change, lead: loaded } : change };
	});
}

async function readLeads(
	context: IExecuteFunctions,
	ids: readonly number[],
): Promise<Map<number, Lead>> {
	const [only] = ids;
	if (only === undefined) return new Map();
	const { api } = await kommoOf(context);
	if (ids.length > 1) return await getLeadsByIds(api, ids, { with: ['contacts'] });
	const lead = await getLead(api, only, { with: ['contacts'] });
	return new Map(lead === null ? [] : [[only, lead]]);
}

function filledIn(change: KommoChange, lead: Lead | null): KommoChange {
	if (lead === null) return change;
	return {
		...change,
		name: change.name ?? lead.name,
		price: change.price ?? lead.price,
		pipelineId: change.pipelineId ?? lead.pipeline_id,
		statusId: change.statusId ?? lead.status_id,
		responsibleUserId: change.responsibleUserId ?? lead.responsible_user_id,
		changedAt: isoTime(lead.updated_at),
		customFields: simpleFields(lead),
	};
}

function toItem({ change, itemIndex }: PairedChange): INodeExecutionData {
	return { json: change as unknown as IDataObject, pairedItem: { item: itemIndex } };
}
