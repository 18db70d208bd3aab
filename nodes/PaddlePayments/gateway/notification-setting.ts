import { isJsonObject, listAt, stringAt, valueAt, type JsonObject } from '../../core/json';
import { assertError } from '../../core/assert-error';
import type {
	GatewayContext,
	GatewayRegistration,
	RegistrationRequest,
	WebhookRegistration,
} from '../../gateways/gateway';
import { ApiError } from '../../http/http';
import { pathTo } from '../../http/path-to';
import { PaddleApi } from './api';
import { eventsToListenTo } from './event-types';

const COLLECTION = '/notification-settings';
const ID = 'notification-settings';
/** Per account; inactive ones do not count. https://developer.paddle.com/webhooks/notification-destinations */
const MOST_ACTIVE = 10;
const LONGEST_DESCRIPTION = 500;
const MADE_BY = 'Kommo payments: ';

/**
 * Notification destinations. Paddle shows their secret at any time, so one that is left over at our address is taken
 * over as it is. https://developer.paddle.com/api-reference/notification-settings/overview
 */
export const paddleRegistration: GatewayRegistration = {
	/** A secret that was rotated in the dashboard makes it count as gone: `create` takes it over with the new one. */
	async check({ webhookId, secret, live }, request, context) {
		if (live !== context.live) return false;
		const api = new PaddleApi(context.send);
		const setting = await api.find(pathTo(ID, webhookId));
		if (setting === null || !isAt(setting, request)) return false;
		if (stringAt(setting, 'endpoint_secret_key') !== secret) return false;
		await repair(setting, request, api);
		return true;
	},

	async create(request, context) {
		const api = new PaddleApi(context.send);
		const leftOver = await findAt(request, api);
		const setting =
			leftOver === null ? await createOrAdopt(request, api) : await repair(leftOver, request, api);
		return registrationOf(setting, context);
	},

	async remove({ webhookId }, context) {
		await new PaddleApi(context.send).remove(pathTo(ID, webhookId));
	},
};

/** A twin that appeared meanwhile is refused as a duplicate, and is ours as well: it has our address. */
async function createOrAdopt(request: RegistrationRequest, api: PaddleApi): Promise<JsonObject> {
	try {
		return await api.createUnique(COLLECTION, {
			type: 'url',
			destination: request.url,
			...definitionOf(request),
		});
	} catch (error) {
		assertError(error, ApiError);
		const twin = error.details.status === 409 ? await findAt(request, api) : null;
		return twin === null ? await refusal(error, api) : await repair(twin, request, api);
	}
}

/** Changes what differs from what this trigger needs. */
async function repair(
	setting: JsonObject,
	request: RegistrationRequest,
	api: PaddleApi,
): Promise<JsonObject> {
	const definition = definitionOf(request);
	if (valueAt(setting, 'active') === true && isAsDefined(setting, definition)) return setting;
	const path = pathTo(ID, stringAt(setting, 'id') ?? '');
	try {
		return await api.change(path, { ...definition, active: true });
	} catch (error) {
		assertError(error, ApiError);
		return await refusal(error, api);
	}
}

function definitionOf({ types, label, options }: RegistrationRequest) {
	const events = eventsToListenTo(types);
	if (events.length === 0) {
		throw new Error(
			'Paddle has none of the chosen events. Choose at least one other than Payment Pending.',
		);
	}
	return {
		description: `${MADE_BY}${label}`.slice(0, LONGEST_DESCRIPTION),
		subscribed_events: events,
		traffic_source: options['includeSimulated'] === true ? 'all' : 'platform',
	};
}

function isAsDefined(
	setting: JsonObject,
	definition: { subscribed_events: string[]; traffic_source: string },
): boolean {
	const subscribed = listAt(setting, 'subscribed_events').map((event) => stringAt(event, 'name'));
	return (
		stringAt(setting, 'traffic_source') === definition.traffic_source &&
		subscribed.length === definition.subscribed_events.length &&
		definition.subscribed_events.every((event) => subscribed.includes(event))
	);
}

async function findAt(request: RegistrationRequest, api: PaddleApi): Promise<JsonObject | null> {
	for await (const setting of api.list(COLLECTION, [['per_page', '200']])) {
		if (isAt(setting, request)) return setting;
	}
	return null;
}

function isAt(setting: JsonObject, { url }: RegistrationRequest): boolean {
	return valueAt(setting, 'type') === 'url' && valueAt(setting, 'destination') === url;
}

function registrationOf(setting: JsonObject, { live }: GatewayContext): WebhookRegistration {
	const webhookId = stringAt(setting, 'id');
	const secret = stringAt(setting, 'endpoint_secret_key');
	if (webhookId !== null && secret !== null) return { webhookId, secret, live };
	throw new ApiError('Paddle did not show the secret of the webhook.', {
		status: 200,
		hint: 'Choose manual registration in this trigger and copy the secret from Developer tools → Notifications into the credential.',
	});
}

/** @throws ApiError always; it says what is in the way when the account has as many active webhooks as it may */
async function refusal(error: ApiError, api: PaddleApi): Promise<never> {
	if (error.details.code !== 'notification_maximum_active_settings_reached') throw error;
	const active = listAt(
		await api.answer(COLLECTION, [
			['active', 'true'],
			['per_page', '200'],
		]),
		'data',
	).filter(isJsonObject);
	const names = active.map((setting) => stringAt(setting, 'description') ?? '');
	const ours = names.filter((name) => name.startsWith(MADE_BY));
	const fromHere = ours.length > 0 ? ` Made by n8n: ${ours.join(', ')}.` : '';
	throw new ApiError(
		`Paddle allows ${MOST_ACTIVE} active webhooks per account, and there are ${active.length} already.`,
		{
			...error.details,
			hint: `Deactivate or delete one that is no longer needed under Developer tools → Notifications in Paddle, then publish the workflow again.${fromHere}`,
			cause: error,
		},
	);
}
