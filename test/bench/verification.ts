/** What checking a signature costs beside node:crypto alone. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { stripe } from '../../nodes/StripePayments/gateway';
import { spreadOf, type Spread } from './statistics';

export interface VerificationCost {
	bytes: number;
	/** Microseconds per signature. */
	ours: Spread;
	bare: Spread;
	ratio: number;
}

const SECRET = 'whsec_of_the_benchmark';
const ROUNDS = 15;
/** Bytes that are hashed in each round: enough to be measured. */
const ROUND_BYTES = 30_000_000;

export function measureVerification(): VerificationCost[] {
	return [1_000, 100_000, 1_000_000].map((bytes) => {
		const body = Buffer.alloc(bytes, 'a');
		const nowMs = Date.now();
		const time = String(Math.floor(nowMs / 1000));
		const sign = () => createHmac('sha256', SECRET).update(`${time}.`).update(body);
		const signature = sign().digest('hex');
		const headers = { 'stripe-signature': `t=${time},v1=${signature}` };
		const settings = { secrets: [SECRET], toleranceSeconds: 300, nowMs };
		const ours = () => stripe.webhook.verify({ rawBody: body, headers }, settings).genuine;
		const bare = () => timingSafeEqual(Buffer.from(signature, 'hex'), sign().digest());
		if (!ours() || !bare()) throw new Error('A genuine signature was refused.');

		const times = { ours: [] as number[], bare: [] as number[] };
		const turns = Math.ceil(ROUND_BYTES / (bytes + 1_000));
		for (let round = 0; round <= ROUNDS; round += 1) {
			const measured = { ours: microseconds(ours, turns), bare: microseconds(bare, turns) };
			// The first round only warms up.
			if (round === 0) continue;
			times.ours.push(measured.ours);
			times.bare.push(measured.bare);
		}
		const spreads = { ours: spreadOf(times.ours), bare: spreadOf(times.bare) };
		return { bytes, ...spreads, ratio: spreads.ours.median / spreads.bare.median };
	});
}

function microseconds(task: () => boolean, turns: number): number {
	const before = process.cpuUsage();
	for (let turn = 0; turn < turns; turn += 1) task();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / turns;
}
