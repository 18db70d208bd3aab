import {
	impossible,
	TRIGGER_IDS,
	type Area,
	type Cell,
	type NamedTest,
	type Row,
	type TriggerId,
} from './matrix';

const GATEWAY_FILE = 'test/engine/gateway/trigger-registration.ts';
const KOMMO_FILE = 'test/engine/Kommo/kommo-trigger-subscription.test.ts';
const AUTOMATIC = ['webhookMethods', 'with automatic registration'];
const PUBLISHED = ['Kommo Trigger', 'when the workflow is published'];
const TAKEN_DOWN = ['Kommo Trigger', 'when the workflow is taken down'];
const BY_HAND = 'its dashboard is the only way; the trigger registers nothing';

const LISTENS = 'listens to what was chosen, and to something else when that changes';
const LACKS_PERMISSION = 'can not be made with a key that lacks the permission';
const FAILURE = '%s says so when the provider has a failure, and keeps what it knew';
const KEPT = 'an error in words, and the registration is remembered';

const shown = (outcome: string, file: string, ...titles: string[]): NamedTest => ({
	outcome,
	shownBy: { file, titles },
});
const ofGateways = (outcome: string, title: string) =>
	shown(outcome, GATEWAY_FILE, ...AUTOMATIC, title);
const ofStripe = (outcome: string, title: string) =>
	shown(
		outcome,
		'test/engine/StripePayments/trigger-registration.test.ts',
		'Stripe Payments Trigger',
		'an endpoint at Stripe',
		title,
	);
const ofPaddle = (outcome: string, title: string) =>
	shown(
		outcome,
		'test/engine/PaddlePayments/trigger-registration.test.ts',
		'Paddle Payments Trigger',
		'a notification destination at Paddle',
		title,
	);

const PADDLE_WEBHOOK = ['test/simulators/paddle/gateway/webhook.test.ts', 'the webhook'] as const;
const CHECKOUT_COM_WEBHOOK = [
	'test/simulators/checkout-com/gateway/webhook.test.ts',
	'the webhook that a trigger registers',
] as const;

/** The engine suite registers every trigger already; the matrix names its tests. */
function row(
	fault: string,
	usual: NamedTest,
	except: Partial<Record<TriggerId, Cell<never>>>,
): Row<never> {
	const cells = TRIGGER_IDS.map((trigger): [TriggerId, Cell<never>] => [
		trigger,
		except[trigger] ?? (trigger === 'flutterwave' ? impossible(BY_HAND) : usual),
	]);
	return { fault, cells: Object.fromEntries(cells) as Row<never>['cells'] };
}

/** Activating and deactivating a trigger. */
export const registration: Pick<Area<never>, 'name' | 'rows'> = {
	name: 'Registration',
	rows: [
		row(
			'exists already',
			ofGateways(
				'taken over, not doubled',
				'leave one registration where n8n has lost what it knew',
			),
			{
				kommo: shown(
					'left alone',
					KOMMO_FILE,
					...PUBLISHED,
					'leaves a subscription alone that is as it should be',
				),
			},
		),
		row('the chosen events changed', ofStripe('changed', LISTENS), {
			checkoutCom: impossible('n8n registers anew when a parameter of the trigger changes'),
			paddle: ofPaddle('changed', LISTENS),
			kommo: shown('changed', KOMMO_FILE, ...PUBLISHED, 'repairs changed events'),
		}),
		row(
			'disabled at the provider',
			ofStripe('switched on again', 'is switched on again when Stripe has switched it off'),
			{
				checkoutCom: shown(
					'switched on again',
					...CHECKOUT_COM_WEBHOOK,
					'is repaired when somebody changed or stopped it, or other events are wanted',
				),
				paddle: shown(
					'switched on again',
					...PADDLE_WEBHOOK,
					'is found, repaired and switched on again',
				),
				kommo: shown(
					'switched on again',
					KOMMO_FILE,
					...PUBLISHED,
					'switches a disabled webhook on again (repeating it is enough: %s)',
				),
			},
		),
		row(
			'deleted at the provider',
			ofGateways('made again', 'register anew what was deleted in the dashboard'),
			{
				kommo: shown(
					'made again',
					KOMMO_FILE,
					...PUBLISHED,
					'makes it again when somebody has deleted it in Kommo',
				),
			},
		),
		row(
			'the limit of webhooks is reached',
			ofStripe(
				'an error that says what to do',
				'does not fit when there are sixteen already, and the message says what to do',
			),
			{
				checkoutCom: impossible('documents no limit of workflows'),
				paddle: shown(
					'an error that says what to do',
					...PADDLE_WEBHOOK,
					'is refused in words when there are ten, naming those of n8n',
				),
				kommo: impossible('documents 100 webhooks, of which each workflow takes one'),
			},
		),
		row(
			'the address is one of localhost',
			ofGateways(
				'refused before anything is asked',
				'refuse an address that the provider can not call, before asking it',
			),
			{ kommo: impossible('Kommo itself refuses it, in words') },
		),
		row('the provider is down when the workflow is taken down', ofGateways(KEPT, FAILURE), {
			kommo: shown(
				KEPT,
				KOMMO_FILE,
				...TAKEN_DOWN,
				'reports that the webhook could not be removed, and remembers it',
			),
		}),
		row(
			'the webhook is gone when the workflow is taken down',
			ofGateways('as good as removed', 'count a registration that is gone already as removed'),
			{
				kommo: shown(
					'as good as removed',
					KOMMO_FILE,
					...TAKEN_DOWN,
					'is content when the webhook is gone already',
				),
			},
		),
		row(
			'the credential may not',
			ofStripe('an error that names the permission', LACKS_PERMISSION),
			{
				checkoutCom: shown(
					'an error that names the permission',
					...CHECKOUT_COM_WEBHOOK,
					'is refused in words when the key may not manage workflows',
				),
				paddle: ofPaddle('an error that names the permission', LACKS_PERMISSION),
				kommo: shown(
					'an error that names the administrator',
					KOMMO_FILE,
					...PUBLISHED,
					'says why when the token is not an administrator’s',
				),
			},
		),
	],
};
