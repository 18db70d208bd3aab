import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type IHookFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { SEVERAL_WORKERS } from '../dedupe/several-workers';
import { AUTHENTICATION, CREDENTIALS } from './descriptions/authentication';
import { chooseOne } from './descriptions/choices';
import { triggerLoadOptions } from './methods/load-options';
import { emitChanges } from './webhook/emit-changes';
import { receiveChanges } from './webhook/receive-changes';
import { checkExists, create, deleteSubscription } from './webhook/subscription-methods';
import { EVENT_NAMES, LEAD_EVENTS, TRIGGER_EVENTS } from './webhook/trigger-events';

const TEST =
	'Press the button above, then do it in Kommo: move a lead to the stage, for example. A second webhook is made for the test and removed after it; the live one is left alone.';

const TRIGGER_PANEL: INodeTypeDescription['triggerPanel'] = {
	header: 'Wait for a change in Kommo',
	activationHint: {
		inactive:
			'Once you publish the workflow, its webhook in Kommo is made, and changes start it by themselves.',
		active: 'Changes in Kommo start this workflow now.',
	},
	executionsHelp: {
		inactive: `<b>While you build:</b> ${TEST} What arrives is shown here.<br /><br /><b>For real:</b> publish the workflow. Its runs are then in the <a data-key="executions">executions list</a>, not here.`,
		active: `<b>To try something:</b> ${TEST} What arrives is shown here.<br /><br /><b>For real:</b> changes in Kommo start this workflow now. Its runs are in the <a data-key="executions">executions list</a>, not here.`,
	},
};

const forLeads = { show: { events: LEAD_EVENTS } };

export class KommoTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Kommo Trigger',
		name: 'kommoTrigger',
		icon: { light: 'file:kommo.svg', dark: 'file:kommo.dark.svg' },
		group: ['trigger'],
		// For version 1 n8n itself resolves an expression with each request, which costs an isolate.
		version: [1, 2],
		defaultVersion: 2,
		subtitle: EVENT_NAMES,
		description: 'Starts when something changes in Kommo, for example when a lead reaches a stage',
		eventTriggerDescription: 'Waiting for you to change something in Kommo',
		activationMessage: 'Changes in Kommo now start this workflow.',
		defaults: { name: 'Kommo Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: CREDENTIALS,
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				path: 'webhook',
				responseMode: 'onReceived',
				responseData: 'noData',
				ndvHideUrl: true,
				ndvHideMethod: true,
			},
		],
		triggerPanel: TRIGGER_PANEL,
		properties: [
			AUTHENTICATION,
			{
				displayName:
					'The webhook in Kommo is made when you publish the workflow. That needs the token of an administrator and the plan Advanced or higher. For a "send webhook" step in a Digital Pipeline, publish first, then copy the whole address of this workflow in Kommo from Settings > Integrations > WebHooks.',
				name: 'setUpNotice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Events',
				name: 'events',
				type: 'multiOptions',
				options: TRIGGER_EVENTS,
				default: ['status_lead'],
				required: true,
				description: 'What starts the workflow',
			},
			chooseOne('Pipeline', 'pipelineId', 'getPipelines', {
				displayOptions: forLeads,
				description: 'Only leads in this pipeline',
			}),
			chooseOne('Stage', 'statusId', 'getStages', {
				displayOptions: forLeads,
				typeOptions: { loadOptionsMethod: 'getStages', loadOptionsDependsOn: ['pipelineId'] },
				description: 'Only leads that are in this stage now',
			}),
			chooseOne('From Stage', 'fromStatusId', 'getStages', {
				displayOptions: { show: { events: ['status_lead'] } },
				typeOptions: { loadOptionsMethod: 'getStages', loadOptionsDependsOn: ['pipelineId'] },
				description: 'Only stage changes that come from this stage',
			}),
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add Option',
				default: {},
				options: [
					{
						displayName: 'Load Lead',
						name: 'loadLead',
						type: 'boolean',
						default: false,
						description:
							'Whether to read the lead from Kommo and add its current fields and contacts, as "lead"',
					},
					{
						displayName: 'Only Changes by People',
						name: 'onlyByPeople',
						type: 'boolean',
						default: false,
						description:
							'Whether to leave out what robots and integrations changed, this package included',
					},
					SEVERAL_WORKERS,
				],
			},
		],
	};

	methods = { loadOptions: triggerLoadOptions };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await checkExists.call(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await create.call(this);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await deleteSubscription.call(this);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveChanges.call(this);
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await emitChanges.call(this);
	}
}
