/** The same work built from n8n's own nodes, as tutorials build it. */
import { randomUUID } from 'node:crypto';
import type { WorkflowFile, WorkflowNode } from '../n8n-host/n8n-records';

export interface OwnNodesSettings {
	kommoUrl: string;
	stripeUrl: string;
	/** What Stripe signs with. */
	secret: string;
	/** Ids of the fields, by code. */
	fields: Readonly<Record<string, number>>;
	/** Credentials of the type "Header Auth". */
	kommoCredential: { id: string; name: string };
	stripeCredential: { id: string; name: string };
}

type Part = Pick<
	WorkflowNode,
	'name' | 'type' | 'typeVersion' | 'parameters' | 'webhookId' | 'credentials'
>;

/** A Webhook node that only stores its execution. */
export function bareWebhook(path: string): WorkflowFile {
	return chain(`Webhook only: ${path}`, [webhook(path, {})]);
}

/** A Webhook node that wants a password. */
export function guardedWebhook(
	path: string,
	credential: { id: string; name: string },
): WorkflowFile {
	const node = webhook(path, {});
	return chain('Webhook with Basic Auth', [
		{
			...node,
			parameters: { ...node.parameters, authentication: 'basicAuth' },
			credentials: { httpBasicAuth: credential },
		},
	]);
}

/** Verify, read the lead, look whether this payment is on it, PATCH, note. */
export function eventFlow(path: string, settings: OwnNodesSettings): WorkflowFile {
	const { kommoUrl, fields, secret } = settings;
	return chain('Payment event with own nodes', [
		webhook(path, { rawBody: true }),
		code(
			'Verify',
			`const crypto = require('crypto');
const item = $input.first();
const raw = await this.helpers.getBinaryDataBuffer(0, 'data');
const { t, v1 } = Object.fromEntries(item.json.headers['stripe-signature'].split(',').map((part) => part.split('=')));
const expected = crypto.createHmac('sha256', ${JSON.stringify(secret)}).update(t + '.').update(raw).digest();
if (Math.abs(Date.now() / 1000 - Number(t)) > 300) throw new Error('Too old');
if (!crypto.timingSafeEqual(Buffer.from(v1, 'hex'), expected)) throw new Error('Forged');
const event = JSON.parse(raw.toString('utf8'));
const session = event.data.object;
return [{ json: {
	leadId: Number(session.metadata.kommo_lead_id),
	paymentId: session.payment_intent,
	amount: (session.amount_total / 100).toFixed(2),
	currency: session.currency.toUpperCase(),
	paidAt: event.created,
} }];`,
		),
		kommo(settings, 'Read Lead', 'GET', `=${kommoUrl}/api/v4/leads/{{ $json.leadId }}`),
		unless(
			'Is It New?',
			`={{ ($json.custom_fields_values ?? []).some((field) => field.field_code === 'KP_PAYMENT_ID' && field.values[0].value === $('Verify').item.json.paymentId) }}`,
		),
		code(
			'Build Changes',
			`const { leadId, paymentId, amount, currency, paidAt } = $('Verify').first().json;
const value = (field_id, value) => ({ field_id, values: [{ value }] });
return [{ json: {
	lead: [{ id: leadId, custom_fields_values: [
		value(${fields.KP_PAYMENT_STATUS}, 'Paid'), value(${fields.KP_AMOUNT_PAID}, amount), value(${fields.KP_PAID_AT}, paidAt),
		value(${fields.KP_PAYMENT_ID}, paymentId), value(${fields.KP_GATEWAY}, 'stripe'), value(${fields.KP_CURRENCY}, currency),
	] }],
	note: [{ entity_id: leadId, note_type: 'service_message', params: { service: 'Stripe', text: 'Payment received: ' + amount + ' ' + currency } }],
} }];`,
		),
		kommo(
			settings,
			'Update Lead',
			'PATCH',
			`${kommoUrl}/api/v4/leads`,
			'={{ JSON.stringify($json.lead) }}',
		),
		kommo(
			settings,
			'Add Note',
			'POST',
			`${kommoUrl}/api/v4/leads/notes`,
			`={{ JSON.stringify($('Build Changes').item.json.note) }}`,
		),
	]);
}

/** Read the lead and its contact, make a link, put it on the card. */
export function linkFlow(path: string, settings: OwnNodesSettings): WorkflowFile {
	const { kommoUrl, stripeUrl, stripeCredential, fields } = settings;
	const changes = `[{ id: $('Read Lead').item.json.id, custom_fields_values: [
		{ field_id: ${fields.KP_PAYMENT_LINK}, values: [{ value: $json.url }] },
		{ field_id: ${fields.KP_PAYMENT_STATUS}, values: [{ value: 'Awaiting' }] },
		{ field_id: ${fields.KP_PAYMENT_ID}, values: [{ value: $json.id }] } ] }]`;
	return chain('Payment link with own nodes', [
		webhook(path, {}),
		kommo(
			settings,
			'Read Lead',
			'GET',
			`=${kommoUrl}/api/v4/leads/{{ $json.body['leads[status][0][id]'] ?? $json.body.leads.status[0].id }}?with=contacts`,
		),
		unless('Is It Unpaid?', `={{ $json.price <= 0 }}`),
		kommo(
			settings,
			'Read Contact',
			'GET',
			`=${kommoUrl}/api/v4/contacts/{{ $json._embedded.contacts[0].id }}`,
		),
		withForm(request('Create Link', 'POST', `${stripeUrl}/v1/payment_links`, stripeCredential), {
			'line_items[0][price_data][currency]': 'eur',
			'line_items[0][price_data][unit_amount]': `={{ $('Read Lead').item.json.price * 100 }}`,
			'line_items[0][price_data][product_data][name]': `={{ $('Read Lead').item.json.name }}`,
			'line_items[0][quantity]': '1',
			'metadata[kommo_lead_id]': `={{ $('Read Lead').item.json.id }}`,
			'payment_intent_data[metadata][kommo_lead_id]': `={{ $('Read Lead').item.json.id }}`,
		}),
		kommo(
			settings,
			'Update Lead',
			'PATCH',
			`${kommoUrl}/api/v4/leads`,
			`={{ JSON.stringify(${changes}) }}`,
		),
	]);
}

function webhook(path: string, options: Record<string, unknown>): Part {
	return {
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		webhookId: randomUUID(),
		parameters: { httpMethod: 'POST', path, responseMode: 'onReceived', options },
	};
}

function code(name: string, jsCode: string): Part {
	return { name, type: 'n8n-nodes-base.code', typeVersion: 2, parameters: { jsCode } };
}

function kommo(
	{ kommoCredential }: OwnNodesSettings,
	name: string,
	method: string,
	url: string,
	json?: string,
): Part {
	const node = request(name, method, url, kommoCredential);
	if (json === undefined) return node;
	const body = { sendBody: true, specifyBody: 'json', jsonBody: json };
	return { ...node, parameters: { ...node.parameters, ...body } };
}

function request(
	name: string,
	method: string,
	url: string,
	credential: { id: string; name: string },
): Part {
	return {
		name,
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: {
			method,
			url,
			authentication: 'genericCredentialType',
			genericAuthType: 'httpHeaderAuth',
			// Kommo calls its JSON application/hal+json, which n8n takes for text.
			options: { response: { response: { responseFormat: 'json' } } },
		},
		credentials: { httpHeaderAuth: credential },
	};
}

/** @param fields values may be expressions */
function withForm(node: Part, fields: Readonly<Record<string, string>>): Part {
	const parameters = {
		...node.parameters,
		sendBody: true,
		contentType: 'form-urlencoded',
		bodyParameters: {
			parameters: Object.entries(fields).map(([name, value]) => ({ name, value })),
		},
	};
	return { ...node, parameters };
}

/** An If node that goes on unless the condition holds. */
function unless(name: string, condition: string): Part {
	return {
		name,
		type: 'n8n-nodes-base.if',
		typeVersion: 2.2,
		parameters: {
			conditions: {
				options: { caseSensitive: true, leftValue: '', typeValidation: 'loose', version: 2 },
				conditions: [
					{
						id: randomUUID(),
						leftValue: condition,
						rightValue: '',
						operator: { type: 'boolean', operation: 'false', singleValue: true },
					},
				],
				combinator: 'and',
			},
			looseTypeValidation: true,
			options: {},
		},
	};
}

/** The nodes one behind the other. */
export function chain(name: string, parts: readonly Part[]): WorkflowFile {
	const nodes = parts.map((part, index): WorkflowNode => ({
		id: randomUUID(),
		...part,
		name: part.name,
		type: part.type,
		typeVersion: part.typeVersion,
		parameters: part.parameters,
		position: [200 * index, 0],
	}));
	const connections = Object.fromEntries(
		parts
			.slice(1)
			.map((next, index) => [
				parts[index]?.name ?? '',
				{ main: [[{ node: next.name, type: 'main', index: 0 }]] },
			]),
	);
	return { name, nodes, connections, settings: { executionOrder: 'v1' } };
}
