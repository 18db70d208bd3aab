import { NodeOperationError, type IHookFunctions, type INodeType } from 'n8n-workflow';
import type { PaymentEventType } from '../../core/payment-event';
import { usableSecrets } from '../../core/webhook-signature';
import { isLoopbackUrl } from '../../http/provider-base-url';
import { toNodeError } from '../../http/to-node-error';
import type { Gateway, GatewayContext, GatewayRegistration, RegistrationRequest } from '../gateway';
import { unseal } from '../../core/sealed-secret';
import { apiKeyOf, credentialOf, gatewayContext } from './gateway-context';
import { clearRegistration, readRegistration, storeRegistration } from './stored-registration';

type WebhookMethods = NonNullable<INodeType['webhookMethods']>;

/** The webhookMethods of every gateway trigger. */
export function registrationMethods(gateway: Gateway): WebhookMethods {
	return {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				const automatic = automaticRegistration(this, gateway);
				if (automatic === null) return await isSetUpByHand(this, gateway);
				const stored = readRegistration(this.getWorkflowStaticData('node'));
				if (stored === null) return false;
				return await talk(this, gateway, async (context, apiKey) => {
					const secret = unseal(stored.sealedSecret, apiKey);
					// Sealed under a former API key: create() takes the webhook over.
					if (secret === null) return false;
					return await automatic.check({ ...stored, secret }, registrationRequest(this), context);
				});
			},

			async create(this: IHookFunctions): Promise<boolean> {
				const automatic = automaticRegistration(this, gateway);
				if (automatic === null) return await isSetUpByHand(this, gateway);
				await refuseUnreachableAddress(this, gateway);
				await talk(this, gateway, async (context, apiKey) => {
					const registration = await automatic.create(registrationRequest(this), context);
					storeRegistration(this.getWorkflowStaticData('node'), registration, apiKey);
				});
				return true;
			},

			async delete(this: IHookFunctions): Promise<boolean> {
				const staticData = this.getWorkflowStaticData('node');
				const registration = readRegistration(staticData);
				if (gateway.registration !== null && registration !== null) {
					const { remove } = gateway.registration;
					await talk(this, gateway, async (context) => await remove(registration, context));
				}
				clearRegistration(staticData);
				return true;
			},
		},
	};
}

function automaticRegistration(
	context: IHookFunctions,
	gateway: Gateway,
): GatewayRegistration | null {
	if (gateway.registration === null) return null;
	return context.getNodeParameter('registration') === 'automatic' ? gateway.registration : null;
}

function registrationRequest(context: IHookFunctions): RegistrationRequest {
	const workflow = context.getWorkflow();
	return {
		url: context.getNodeWebhookUrl('default') ?? '',
		types: context.getNodeParameter('events') as PaymentEventType[],
		label: `n8n workflow "${workflow.name ?? workflow.id}"`,
		options: context.getNodeParameter('options', {}) as Record<string, unknown>,
	};
}

async function talk<Result>(
	context: IHookFunctions,
	gateway: Gateway,
	task: (gatewayContext: GatewayContext, apiKey: string) => Promise<Result>,
): Promise<Result> {
	const credential = await credentialOf(context, gateway);
	try {
		const live = gateway.isLive(credential);
		const settings = gateway.accountSettings?.(credential);
		return await task(
			gatewayContext(context, gateway, live, settings),
			apiKeyOf(credential, gateway),
		);
	} catch (error) {
		throw toNodeError(context.getNode(), error, { service: gateway.displayName });
	}
}

/** Fails closed: a trigger without a secret would have to refuse every delivery, so it does not start at all. */
async function isSetUpByHand(context: IHookFunctions, gateway: Gateway): Promise<boolean> {
	const { signingSecret } = await credentialOf(context, gateway);
	if (usableSecrets([typeof signingSecret === 'string' ? signingSecret : null]).length > 0) {
		return true;
	}
	throw new NodeOperationError(context.getNode(), 'The signing secret is missing', {
		description: `Without it nobody can tell a genuine ${gateway.displayName} event from a forged one. Create the webhook in the ${gateway.displayName} dashboard with the URL shown in this node, copy its secret into "Signing Secret" of the credential, then publish again.`,
	});
}

/** A provider on the internet can't call localhost; saying so beats the provider's own words. */
async function refuseUnreachableAddress(context: IHookFunctions, gateway: Gateway): Promise<void> {
	const url = context.getNodeWebhookUrl('default') ?? '';
	if (!isLoopbackUrl(url)) return;
	const { baseUrl } = await credentialOf(context, gateway);
	if (typeof baseUrl === 'string' && isLoopbackUrl(baseUrl)) return;
	throw new NodeOperationError(context.getNode(), `${gateway.displayName} can't reach ${url}`, {
		description:
			'This address works only on the n8n server itself. Give n8n its public https address (environment variable N8N_WEBHOOK_URL), restart it and publish again.',
	});
}
