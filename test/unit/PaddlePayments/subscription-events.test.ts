import {
	ANYTHING,
	GET_CUSTOMER,
	SUBSCRIPTION,
	customer,
	itTells,
	lead,
	ours,
	type EventCase,
} from './event-case';
import { entity } from './paddle-double';
import { paddleEvent } from './paddle-fixture';

const cases: EventCase[] = [
	{
		name: 'subscription.activated',
		event: paddleEvent('subscription.activated', ours),
		expected: {
			...lead,
			type: 'subscription.activated',
			paymentId: null,
			amount: '400.00',
			currency: 'USD',
			planName: 'AeroEdit Pro, Analytics addon',
			subscription: {
				id: SUBSCRIPTION,
				status: 'active',
				nextBillingAt: '2024-05-12T10:18:47.635Z',
				endsAt: null,
			},
		},
	},
	{
		name: 'subscription.trialing',
		event: paddleEvent('subscription.trialing', ours),
		expected: {
			type: 'subscription.activated',
			subscription: {
				id: ANYTHING,
				status: 'trialing',
				nextBillingAt: '2024-04-26T11:30:29.637Z',
				endsAt: null,
			},
		},
	},
	{
		name: 'subscription.updated of nobody we know asks whose it is',
		event: paddleEvent('subscription.updated'),
		asks: { [GET_CUSTOMER]: entity(customer) },
		expected: {
			type: 'subscription.updated',
			leadId: null,
			customer: { name: 'Purchasing department', email: 'purchasing@example.com', phone: null },
		},
	},
	{
		name: 'subscription.updated that will be canceled',
		event: paddleEvent('derived.subscription.updated.scheduled_cancel', ours),
		expected: {
			type: 'subscription.updated',
			subscription: { id: ANYTHING, status: 'active', nextBillingAt: null, endsAt: ANYTHING },
		},
	},
	{
		name: 'subscription.updated that will pause until a date',
		event: paddleEvent('subscription.updated', {
			...ours,
			scheduled_change: {
				action: 'pause',
				effective_at: '2024-05-12T10:37:59Z',
				resume_at: '2024-07-01T00:00:00Z',
			},
		}),
		expected: {
			subscription: {
				id: ANYTHING,
				status: 'active',
				nextBillingAt: '2024-07-01T00:00:00.000Z',
				endsAt: null,
			},
		},
	},
	{
		name: 'subscription.paused for good',
		event: paddleEvent('subscription.paused', ours),
		expected: {
			type: 'subscription.updated',
			subscription: { id: ANYTHING, status: 'paused', nextBillingAt: null, endsAt: null },
		},
	},
	{
		name: 'subscription.paused until a date',
		event: paddleEvent('subscription.paused', {
			...ours,
			scheduled_change: {
				action: 'resume',
				effective_at: '2024-07-01T00:00:00Z',
				resume_at: null,
			},
		}),
		expected: {
			subscription: {
				id: ANYTHING,
				status: 'paused',
				nextBillingAt: '2024-07-01T00:00:00.000Z',
				endsAt: null,
			},
		},
	},
	{
		name: 'subscription.resumed',
		event: paddleEvent('subscription.resumed', ours),
		expected: {
			type: 'subscription.updated',
			subscription: {
				id: ANYTHING,
				status: 'active',
				nextBillingAt: '2024-05-12T12:44:51.270Z',
				endsAt: null,
			},
		},
	},
	{
		name: 'subscription.past_due',
		event: paddleEvent('subscription.past_due', ours),
		expected: {
			type: 'subscription.past_due',
			subscription: {
				id: SUBSCRIPTION,
				status: 'past_due',
				nextBillingAt: '2024-06-12T10:18:47.635Z',
				endsAt: null,
			},
		},
	},
	{
		name: 'subscription.canceled',
		event: paddleEvent('subscription.canceled', ours),
		expected: {
			type: 'subscription.canceled',
			subscription: { id: ANYTHING, status: 'canceled', nextBillingAt: null, endsAt: ANYTHING },
		},
	},
	{
		name: 'subscription.created is told by what comes with it',
		event: paddleEvent('subscription.created', ours),
		expected: null,
	},
];

describe('subscriptions of Paddle', () => {
	itTells(cases);
});
