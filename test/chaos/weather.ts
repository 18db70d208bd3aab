import { rateLimited as checkoutComLimit } from '../simulators/checkout-com/fault-answers';
import { rateLimited as flutterwaveLimit } from '../simulators/flutterwave/fault-answers';
import type { Deliveries, Mishap } from '../simulators/http/deliveries';
import type { FaultKind, Faults } from '../simulators/http/faults';
import { rateLimited as paddleLimit } from '../simulators/paddle/fault-answers';
import { rateLimited as stripeLimit } from '../simulators/stripe';
import type { PaymentWorld } from '../world/payment-world';
import { dice, pick, type Dice } from './dice';

/** Of all calls, in both directions. */
const FAULTY_SHARE = 0.2;

/** A pause of a second, not the five minutes that Kommo's documentation shows: the whole run takes little longer. */
const TOO_MANY: Record<string, FaultKind> = {
	kommo: {
		kind: 'answer',
		status: 429,
		body: { title: 'Too Many Requests', status: 429, retry_after: 1 },
	},
	stripe: stripeLimit(),
	checkoutCom: checkoutComLimit(),
	paddle: paddleLimit(1),
	flutterwave: flutterwaveLimit(),
};

/** n8n waits 30 s for an answer that never comes, so those are few. */
const apiFaults = (server: string): Array<{ weight: number; fault: FaultKind }> => [
	{ weight: 4, fault: { kind: 'answer', status: 500 } },
	{ weight: 4, fault: { kind: 'answerAfter', status: 502 } },
	{ weight: 4, fault: { kind: 'drop' } },
	{ weight: 4, fault: { kind: 'dropAfter' } },
	{ weight: 2, fault: TOO_MANY[server] ?? { kind: 'answer', status: 429 } },
	{ weight: 1.7, fault: { kind: 'delay', ms: 1500 } },
	{ weight: 0.3, fault: { kind: 'hang' } },
];

const mishaps = (roll: Dice): Array<{ weight: number; mishap: Mishap }> => [
	{ weight: 5, mishap: { kind: 'lost' } },
	{ weight: 5, mishap: { kind: 'answerLost' } },
	{ weight: 5, mishap: { kind: 'twice' } },
	{ weight: 5, mishap: { kind: 'late', ms: Math.round(roll() * 5000) } },
];

interface Server {
	name: string;
	faults: Faults;
	deliveries: Deliveries;
	requests: () => number;
}

export interface WeatherReport {
	/** From n8n to Kommo and the providers. */
	apiCalls: number;
	faultyApiCalls: number;
	/** From Kommo and the providers to n8n. */
	webhooks: number;
	faultyWebhooks: Record<Mishap['kind'], number>;
}

/** Bad connections everywhere, in both directions. */
export class Weather {
	private readonly servers: Server[];
	private readonly mishaps = { lost: 0, answerLost: 0, twice: 0, late: 0 };
	private startedAt = { requests: 0, attempts: 0 };

	constructor(
		{ kommo, gateways }: PaymentWorld,
		private readonly seed: string,
	) {
		this.servers = [
			{ name: 'kommo', server: kommo },
			...gateways.map((gateway) => ({ name: gateway.id, server: gateway })),
		].map(({ name, server: { faults, deliveries, log } }) => ({
			name,
			faults,
			deliveries,
			requests: () => log.entries.length,
		}));
	}

	start(): void {
		this.startedAt = { requests: this.requests(), attempts: this.attempts() };
		for (const { name, faults, deliveries } of this.servers) {
			faults.random = dice(this.seed, `${name} api`);
			let clear = 1;
			const choices = apiFaults(name);
			const total = choices.reduce((sum, { weight }) => sum + weight, 0);
			for (const { weight, fault } of choices) {
				const share = (weight / total) * FAULTY_SHARE;
				// The first that strikes does, so each is asked of those only that passed the ones before.
				faults.add({ ...fault, ratio: share / clear });
				clear -= share;
			}
			const roll = dice(this.seed, `${name} webhooks`);
			deliveries.mishap = () => {
				if (roll() >= FAULTY_SHARE) return null;
				const { mishap } = pick(roll, mishaps(roll));
				this.mishaps[mishap.kind] += 1;
				return mishap;
			};
		}
	}

	clear(): void {
		for (const { faults, deliveries } of this.servers) {
			faults.clear();
			deliveries.mishap = () => null;
		}
	}

	report(): WeatherReport {
		return {
			apiCalls: this.requests() - this.startedAt.requests,
			faultyApiCalls: this.servers.reduce((sum, { faults }) => sum + faults.struck, 0),
			webhooks: this.attempts() - this.startedAt.attempts,
			faultyWebhooks: { ...this.mishaps },
		};
	}

	private requests(): number {
		return this.servers.reduce((sum, { requests }) => sum + requests(), 0);
	}

	private attempts(): number {
		return this.servers.reduce((sum, { deliveries }) => sum + deliveries.attempts.length, 0);
	}
}
