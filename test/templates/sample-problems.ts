import { isPaymentEvent, type PaymentEvent } from '../../nodes/core/payment-event';
import type { PaymentLink } from '../../nodes/core/payment-link';
import type { PaymentRequest } from '../../nodes/core/payment-request';
import type { ApplyResult } from '../../nodes/Kommo/payments/apply-payment-events';
import type { SetUpReport } from '../../nodes/Kommo/payments/set-up-payment-fields';
import type { KommoChange } from '../../nodes/Kommo/webhook/kommo-change';
import type { WorkflowFile, WorkflowNode } from '../n8n-host/n8n-records';

/** Every field of an object, so that a field added to it must be added here. */
type FieldsOf<T> = Record<keyof T, true>;

const PAYMENT_EVENT: FieldsOf<PaymentEvent> = {
	gateway: true,
	type: true,
	eventId: true,
	eventType: true,
	paymentId: true,
	reference: true,
	leadId: true,
	contactId: true,
	responsibleUserId: true,
	amount: true,
	amountMinor: true,
	currency: true,
	refunded: true,
	occurredAt: true,
	live: true,
	simulated: true,
	method: true,
	reason: true,
	customer: true,
	invoiceNumber: true,
	planName: true,
	subscription: true,
	raw: true,
};

const PAYMENT_LINK: FieldsOf<PaymentLink> = {
	gateway: true,
	leadId: true,
	linkId: true,
	url: true,
	reference: true,
	amount: true,
	amountMinor: true,
	currency: true,
	status: true,
	expiresAt: true,
	live: true,
	reused: true,
	raw: true,
};

const PAYMENT_REQUEST: FieldsOf<PaymentRequest> = {
	leadId: true,
	leadName: true,
	contactId: true,
	responsibleUserId: true,
	amount: true,
	amountMinor: true,
	currency: true,
	description: true,
	customer: true,
	existingLink: true,
	existingLinkId: true,
	ready: true,
	problems: true,
};

const APPLY_RESULT: FieldsOf<ApplyResult> = {
	leadId: true,
	responsibleUserId: true,
	outcome: true,
	reason: true,
	paymentStatus: true,
	previousStatus: true,
	noteId: true,
	taskId: true,
	event: true,
};

const KOMMO_CHANGE: FieldsOf<KommoChange> = {
	event: true,
	entityType: true,
	entityId: true,
	leadId: true,
	contactId: true,
	name: true,
	price: true,
	pipelineId: true,
	statusId: true,
	oldStatusId: true,
	oldPipelineId: true,
	responsibleUserId: true,
	changedByUserId: true,
	changedAt: true,
	customFields: true,
	accountId: true,
	raw: true,
};

const SET_UP_REPORT: FieldsOf<SetUpReport> = { created: true, existing: true, optionsAdded: true };

/** Which object a node emits; null where there is no agreed one. */
function emittedBy({ type, parameters }: WorkflowNode): object | null {
	const [, name = ''] = type.split('.');
	const operation = `${String(parameters.resource)}.${String(parameters.operation)}`;
	if (name === 'kommoTrigger') return KOMMO_CHANGE;
	if (name.endsWith('PaymentsTrigger') || operation === 'payment.getAll') return PAYMENT_EVENT;
	if (name === 'executeWorkflowTrigger') return SET_UP_REPORT;
	const byOperation: Record<string, object> = {
		'paymentLink.create': PAYMENT_LINK,
		'payment.saveLink': PAYMENT_LINK,
		'payment.getRequest': PAYMENT_REQUEST,
		'payment.apply': APPLY_RESULT,
	};
	return byOperation[operation] ?? null;
}

/** Pinned samples that are not what their node emits. */
export function sampleProblems({ nodes, pinData = {} }: WorkflowFile): string[] {
	return Object.entries(pinData).flatMap(([name, items]) => {
		const node = nodes.find((candidate) => candidate.name === name);
		if (!node) return [`${name}: there is no such node`];
		if (node.disabled === true) return [`${name}: is disabled and emits nothing`];
		if (!Array.isArray(items) || items.length === 0) return [`${name}: has no sample`];
		return items.flatMap((item: { json?: Record<string, unknown> }) =>
			shapeProblems(node, item.json).map((problem) => `${name}: ${problem}`),
		);
	});
}

function shapeProblems(node: WorkflowNode, sample: Record<string, unknown> | undefined): string[] {
	if (sample === undefined) return ['an item without json'];
	const emitted = emittedBy(node);
	if (emitted === null) return [];
	const event = emitted === APPLY_RESULT ? sample.event : sample;
	const hasEvent = emitted === APPLY_RESULT || emitted === PAYMENT_EVENT;
	return [
		...Object.keys(emitted)
			.filter((field) => !(field in sample))
			.map((field) => `lacks ${field}`),
		...Object.keys(sample)
			.filter((field) => !(field in emitted))
			.map((field) => `has ${field}, which the node does not emit`),
		...(hasEvent && !isPaymentEvent(event) ? ['is not a PaymentEvent'] : []),
	];
}
