import type {
	Bot,
	Contact,
	CustomField,
	Entity,
	EntityType,
	FieldEnum,
	Lead,
	LossReason,
	Note,
	Pipeline,
	SentMessage,
	Status,
	Tag,
	Task,
	User,
	Webhook,
} from './entities';

/** Everything one account holds, in memory. Tests may read and change it directly. */
export class KommoStore {
	readonly leads = new Map<number, Lead>();
	readonly contacts = new Map<number, Contact>();
	readonly companies = new Map<number, Contact>();
	readonly notes = new Map<number, Note>();
	readonly tasks = new Map<number, Task>();
	readonly customFields: Record<EntityType, Map<number, CustomField>> = {
		leads: new Map(),
		contacts: new Map(),
		companies: new Map(),
	};
	readonly pipelines = new Map<number, Pipeline>();
	readonly users = new Map<number, User>();
	/** By destination: that is Kommo's key. */
	readonly webhooks = new Map<string, Webhook>();
	readonly lossReasons = new Map<number, LossReason>();
	readonly bots = new Map<number, Bot>();
	readonly tags = new Map<string, Tag>();
	/** What bots would have sent to clients, oldest first. */
	readonly sentMessages: SentMessage[] = [];

	private readonly counters = new Map<string, number>();

	/** Ids rise by two within their kind, as in real accounts. */
	nextId(kind: keyof typeof FIRST_IDS): number {
		const id = (this.counters.get(kind) ?? FIRST_IDS[kind] - 2) + 2;
		this.counters.set(kind, id);
		return id;
	}

	/** Leads, contacts or companies. */
	entities(type: EntityType): Map<number, Entity> {
		return this[type];
	}

	status(pipelineId: number, statusId: number): Status | undefined {
		return this.pipelines.get(pipelineId)?.statuses.find((status) => status.id === statusId);
	}

	/** The pipeline an ordinary stage belongs to; 142 and 143 belong to all of them. */
	pipelineOfStatus(statusId: number): Pipeline | undefined {
		if (statusId === 142 || statusId === 143) return undefined;
		return [...this.pipelines.values()].find((pipeline) =>
			pipeline.statuses.some((status) => status.id === statusId),
		);
	}

	mainPipeline(): Pipeline {
		const pipelines = [...this.pipelines.values()];
		const main = pipelines.find((pipeline) => pipeline.is_main) ?? pipelines[0];
		if (!main) throw new Error('The account has no pipeline.');
		return main;
	}

	fieldByCode(type: EntityType, code: string): CustomField | undefined {
		return [...this.customFields[type].values()].find((field) => field.code === code);
	}

	fieldByName(type: EntityType, name: string): CustomField | undefined {
		return [...this.customFields[type].values()].find((field) => field.name === name);
	}

	tag(name: string): Tag {
		const known = this.tags.get(name);
		if (known) return known;
		const tag = { id: this.nextId('tags'), name, color: null };
		this.tags.set(name, tag);
		return tag;
	}

	addField(
		type: EntityType,
		input: Partial<Omit<CustomField, 'enums'>> & {
			name: string;
			type: string;
			enums?: Array<Partial<FieldEnum> & { value: string }> | null;
		},
	): CustomField {
		const fields = this.customFields[type];
		const field: CustomField = {
			code: null,
			sort: 500 + fields.size,
			is_api_only: false,
			group_id: null,
			required_statuses: [],
			hidden_statuses: [],
			is_deletable: true,
			is_predefined: false,
			currency: null,
			...input,
			id: input.id ?? this.nextId('fields'),
			entity_type: type,
			enums: input.enums?.map((item, index) => this.fieldEnum(item, index)) ?? null,
		};
		fields.set(field.id, field);
		return field;
	}

	fieldEnum(item: Partial<FieldEnum> & { value: string }, index: number): FieldEnum {
		return {
			id: item.id ?? this.nextId('enums'),
			value: item.value,
			sort: item.sort ?? index + 1,
			...(item.code === undefined ? {} : { code: item.code }),
		};
	}

	/** Open tasks decide what the card shows as the next one. */
	refreshClosestTask(type: EntityType, id: number): void {
		const entity = this.entities(type).get(id);
		if (!entity) return;
		const open = [...this.tasks.values()].filter(
			(task) => task.entity_type === type && task.entity_id === id && !task.is_completed,
		);
		entity.closest_task_at =
			open.length > 0 ? Math.min(...open.map((task) => task.complete_till)) : null;
	}
}

const FIRST_IDS = {
	leads: 20024930,
	contacts: 29610174,
	companies: 29810174,
	notes: 76610421,
	tasks: 4745251,
	fields: 1928052,
	enums: 1669868,
	tags: 2164,
	webhooks: 839656,
	bots: 565,
} as const;
