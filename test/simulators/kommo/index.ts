import type { RequestHandler } from 'express';
import { Faults } from '../http/faults';
import type { Deliveries } from '../http/deliveries';
import { RequestLog } from '../http/request-log';
import { listen, rawBodyApp } from '../http/server';
import { apiRoutes, bearerCheck, errorHandler } from './api';
import type { Context } from './context';
import { defaultAccount, fillWithDefaults } from './default-data';
import type { Account, Contact, CustomField, Lead, Note, Task } from './entities';
import { EventSender, type DigitalPipelineHook } from './event-sender';
import { pageRoutes } from './pages';
import { Person, type NewContact, type NewLead } from './person';
import { RateLimit } from './rate-limit';
import { oauthRoutes } from './routes/oauth';
import { subscribe } from './routes/webhooks';
import { KommoStore } from './store';
import { defaultSwitches, type KommoSwitches } from './switches';
import { TokenIssuer } from './token-issuer';

export type * from './entities';
export { DEFAULTS } from './default-data';
export { refusal } from './fault-presets';
export type { DigitalPipelineHook } from './event-sender';
export type { NewContact, NewLead } from './person';
export type { KommoStore } from './store';
export type { KommoSwitches } from './switches';

export interface KommoOptions {
	/** 0 or left out picks a free one. */
	port?: number;
	/** The long-lived token; 'kommo-test-token' by default. */
	token?: string;
	accountId?: number;
	subdomain?: string;
	/** ISO 4217 code of the account's currency, 'EUR' by default. */
	currency?: string;
	/** Requests in any second, 7 by default; null = no limit. */
	rateLimit?: number | null;
	/** The account's clock in milliseconds; rate limit and deliveries run on the real one. */
	now?: () => number;
}

export interface KommoSimulator {
	/** The account's address, without a trailing slash. */
	readonly url: string;
	readonly token: string;
	readonly account: Account;
	readonly log: RequestLog;
	readonly faults: Faults;
	/** Account-level webhooks. */
	readonly deliveries: Deliveries;
	/** Digital Pipeline "send webhook" actions. */
	readonly digitalPipelineDeliveries: Deliveries;
	readonly store: KommoStore;
	readonly switches: KommoSwitches;
	readonly oauth: TokenIssuer;
	readonly rateLimit: RateLimit;
	/** Everything a person can do; `person.userId` is who does it. */
	readonly person: Person;
	createLead(input?: NewLead): Lead;
	createContact(input: NewContact): Contact;
	moveLead(leadId: number, statusId: number, pipelineId?: number): Lead;
	updateLead(leadId: number, input: Parameters<Person['updateLead']>[1]): Lead;
	deleteLead(leadId: number): void;
	completeTask(taskId: number, result?: string): Task;
	/** Adds a field as an administrator would in the settings. */
	addField(input: Parameters<KommoStore['addField']>[1]): CustomField;
	/** Subscribes without the API. */
	subscribe(destination: string, settings: string[]): void;
	/** A "send webhook" action in the automation editor. */
	addDigitalPipelineHook(hook: DigitalPipelineHook): void;
	lead(leadId: number): Lead;
	/** First value of a lead's field, by code, name or id; null when it is empty or there is no such field. */
	fieldValue(leadId: number, field: string | number): string | number | boolean | null;
	/** A lead's notes, oldest first. */
	notesOf(leadId: number): Note[];
	/** A lead's tasks, oldest first. */
	tasksOf(leadId: number): Task[];
	/** Resolves when no delivery is under way or scheduled. */
	settled(): Promise<void>;
	close(): Promise<void>;
}

const API = /^\/(api|oauth2)\//;

/** A Kommo account on a loopback address: API v4, webhooks and a few pages for people. */
export async function startKommo(options: KommoOptions = {}): Promise<KommoSimulator> {
	const token = options.token ?? 'kommo-test-token';
	const now = options.now ?? Date.now;
	const seconds = () => Math.floor(now() / 1000);
	const store = new KommoStore();
	fillWithDefaults(store, seconds());
	const ctx: Context = {
		url: '',
		account: defaultAccount(options),
		store,
		switches: defaultSwitches(),
		events: new EventSender(() => ctx),
		now,
		seconds,
	};
	const log = new RequestLog();
	const faults = new Faults();
	const person = new Person(ctx);
	const issuer = new TokenIssuer(ctx.account, seconds);
	const rateLimit = new RateLimit(
		options.rateLimit === undefined ? 7 : options.rateLimit,
		() => ctx.switches.blockAfterRefusals,
	);

	const app = rawBodyApp();
	const apiOnly = (handler: RequestHandler): RequestHandler => {
		return (req, res, next) => (API.test(req.path) ? handler(req, res, next) : next());
	};
	app.use(apiOnly(log.middleware()));
	app.use(apiOnly(faults.middleware()));
	oauthRoutes(app, ctx, issuer);
	app.use('/api', rateLimit.middleware());
	app.use(
		'/api',
		bearerCheck((sent) => sent === token || issuer.accepts(sent)),
	);
	apiRoutes(app, ctx);
	pageRoutes(app, { ctx, faults, person, rateLimit });
	app.use(errorHandler);

	const server = await listen(app, options.port ?? 0);
	ctx.url = server.url;

	const lead = (leadId: number): Lead => {
		const found = store.leads.get(leadId);
		if (!found) throw new Error(`There is no lead ${leadId}.`);
		return found;
	};
	const { deliveries, digitalPipelineDeliveries } = ctx.events;
	return {
		url: server.url,
		token,
		account: ctx.account,
		log,
		faults,
		deliveries,
		digitalPipelineDeliveries,
		store,
		switches: ctx.switches,
		oauth: issuer,
		rateLimit,
		person,
		createLead: (input) => person.createLead(input),
		createContact: (input) => person.createContact(input),
		moveLead: (...args) => person.moveLead(...args),
		updateLead: (leadId, input) => person.updateLead(leadId, input),
		deleteLead: (leadId) => person.deleteLead(leadId),
		completeTask: (...args) => person.completeTask(...args),
		addField: (input) => store.addField('leads', input),
		subscribe: (destination, settings) => void subscribe(ctx, destination, settings),
		addDigitalPipelineHook: (hook) => void ctx.events.digitalPipelineHooks.push(hook),
		lead,
		fieldValue: (leadId, key) => {
			const field =
				store.customFields.leads.get(Number(key)) ??
				store.fieldByCode('leads', String(key)) ??
				store.fieldByName('leads', String(key));
			return (field && lead(leadId).field_values.get(field.id)?.[0]?.value) ?? null;
		},
		notesOf: (leadId) =>
			[...store.notes.values()].filter(
				(note) => note.entity_type === 'leads' && note.entity_id === leadId,
			),
		tasksOf: (leadId) =>
			[...store.tasks.values()].filter(
				(task) => task.entity_type === 'leads' && task.entity_id === leadId,
			),
		settled: async () => {
			await Promise.all([deliveries.settled(), digitalPipelineDeliveries.settled()]);
		},
		close: async () => {
			deliveries.stop();
			digitalPipelineDeliveries.stop();
			await server.close();
		},
	};
}
