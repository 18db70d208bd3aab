import { leaksOf } from '../world/leaks';
import type { PaymentWorld } from '../world/payment-world';

/** To be the last test of a suite: looks back at everything that happened in it. */
export function itLeaksNothing(world: () => PaymentWorld): void {
	it('leaves no key, token or signing secret where people see it', async () => {
		expect(await leaksOf(world())).toEqual([]);
	}, 300_000);
}
