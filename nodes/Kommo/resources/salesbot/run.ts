import { UserError } from 'n8n-workflow';
import { runBots, type BotRun } from '../../client/bots';
import { chooseOne } from '../../descriptions/choices';
import { TARGET, targetField, targetOf } from '../../descriptions/entities';
import { writtenItems } from '../../items/written-items';
import type { KommoOperation, OperationRun } from '../../operation';

export const run: KommoOperation = {
	value: 'run',
	name: 'Run',
	action: 'Run salesbot',
	description:
		'Start a Salesbot for a lead or contact, for example one that sends the payment link by WhatsApp',
	properties: [
		chooseOne('Salesbot', 'botId', 'getBots', { required: true }),
		...TARGET,
		{
			displayName:
				'Kommo only confirms that the bot is queued. To send a payment link, let the bot send the lead field that holds it.',
			name: 'botNotice',
			type: 'notice',
			default: '',
		},
	],
	async execute(operationRun) {
		return await writtenItems<BotRun>(operationRun, {
			prepare: (itemIndex) => botRun(operationRun, itemIndex),
			write: async (runs) => {
				await runBots(operationRun.kommo.api, runs);
				return runs.map(({ bot_id }) => bot_id);
			},
			result: (botId, { entity_id, entity_type }) => ({
				botId,
				...targetField({ entity: entity_type, id: entity_id }),
				queued: true,
			}),
		});
	},
};

function botRun({ context }: OperationRun, itemIndex: number): BotRun {
	const botId = Number(context.getNodeParameter('botId', itemIndex, 0));
	if (!(botId > 0)) {
		throw new UserError('No Salesbot is chosen', {
			description: 'Choose one in the node. Bots are made in Kommo: Leads, Automate, Salesbots.',
		});
	}
	const { entity, id } = targetOf(context, itemIndex);
	return { bot_id: botId, entity_id: id, entity_type: entity };
}
