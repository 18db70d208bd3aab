import { UserError } from 'n8n-workflow';
import { createNotes, type NewNote } from '../../client/notes';
import { TARGET, targetField, targetOf, type Target } from '../../descriptions/entities';
import { writtenItems } from '../../items/written-items';
import type { KommoOperation, OperationRun } from '../../operation';

interface TargetedNote {
	target: Target;
	note: NewNote;
}

export const create: KommoOperation = {
	value: 'create',
	name: 'Create',
	action: 'Create note',
	description: 'Add a note to a lead or contact',
	properties: [
		...TARGET,
		{
			displayName: 'Text',
			name: 'text',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			required: true,
		},
		{
			displayName: 'Note Type',
			name: 'noteType',
			type: 'options',
			options: [
				{ name: 'Common', value: 'common', description: 'Looks as if a person had written it' },
				{
					name: 'Long Service Message',
					value: 'extended_service_message',
					description: 'With the name of a service; long texts can be folded away',
				},
				{
					name: 'Service Message',
					value: 'service_message',
					description: 'With the name of a service above the text',
				},
			],
			default: 'common',
		},
		{
			displayName: 'Service Name',
			name: 'serviceName',
			type: 'string',
			default: 'n8n',
			description: 'What stands above the text',
			displayOptions: { show: { noteType: ['extended_service_message', 'service_message'] } },
		},
	],
	async execute(run) {
		return await writtenItems<TargetedNote>(run, {
			prepare: (itemIndex) => targetedNote(run, itemIndex),
			write: async (notes) =>
				await createNotes(
					run.kommo.api,
					notes.map(({ note }) => note),
					notes[0]?.target.entity,
				),
			result: (noteId, { target, note }) => ({
				noteId,
				...targetField(target),
				text: note.params.text,
			}),
		});
	},
};

function targetedNote({ context }: OperationRun, itemIndex: number): TargetedNote {
	const target = targetOf(context, itemIndex);
	const text = String(context.getNodeParameter('text', itemIndex)).trim();
	if (text === '') {
		throw new UserError('The note has no text', { description: 'Enter something in "Text".' });
	}
	const type = context.getNodeParameter('noteType', itemIndex) as NewNote['note_type'];
	const entity_id = target.id;
	if (type === 'common') return { target, note: { entity_id, note_type: type, params: { text } } };
	const service = context.getNodeParameter('serviceName', itemIndex) as string;
	return { target, note: { entity_id, note_type: type, params: { service, text } } };
}
