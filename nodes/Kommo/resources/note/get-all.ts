import { listNotes, type Note } from '../../client/notes';
import { PAGE_SIZE } from '../../client/kommo-api';
import { isoTime } from '../../client/unix-time';
import { TARGET, targetField, targetOf, type Target } from '../../descriptions/entities';
import {
	collect,
	collectionOf,
	limitOf,
	RETURN_ALL_AND_LIMIT,
	SIMPLIFY,
} from '../../descriptions/lists';
import { timeParameter } from '../../descriptions/times';
import { eachItem } from '../../items/each-item';
import type { KommoOperation } from '../../operation';

export const getAll: KommoOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many notes',
	description: 'Get the notes of a lead or contact, latest change first',
	properties: [
		...TARGET,
		...RETURN_ALL_AND_LIMIT,
		SIMPLIFY,
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add Filter',
			default: {},
			options: [
				{
					displayName: 'Note Types',
					name: 'noteTypes',
					type: 'multiOptions',
					options: [
						{ name: 'Attachment', value: 'attachment' },
						{ name: 'Common', value: 'common' },
						{ name: 'Incoming Call', value: 'call_in' },
						{ name: 'Incoming SMS', value: 'sms_in' },
						{ name: 'Long Service Message', value: 'extended_service_message' },
						{ name: 'Outgoing Call', value: 'call_out' },
						{ name: 'Outgoing SMS', value: 'sms_out' },
						{ name: 'Service Message', value: 'service_message' },
					],
					default: [],
				},
				{ displayName: 'Updated After', name: 'updatedAfter', type: 'dateTime', default: '' },
			],
		},
	],
	async execute(run) {
		const { context, kommo } = run;
		return await eachItem(run, async (itemIndex) => {
			const target = targetOf(context, itemIndex);
			const filters = collectionOf(context, 'filters', itemIndex);
			const notes = await collect(
				context,
				itemIndex,
				listNotes(kommo.api, target.entity, {
					entityIds: [target.id],
					noteTypes: (filters.noteTypes ?? []) as string[],
					updatedSince: timeParameter(context, filters.updatedAfter, 'Updated After'),
					pageSize: Math.min(PAGE_SIZE, limitOf(context, itemIndex)),
				}),
			);
			return context.getNodeParameter('simplify', itemIndex)
				? notes.map((note) => simpleNote(note, target))
				: notes;
		});
	},
};

function simpleNote(note: Note, target: Target): object {
	return {
		noteId: note.id,
		...targetField(target),
		noteType: note.note_type,
		text: note.text,
		createdBy: note.created_by,
		createdAt: isoTime(note.created_at),
		updatedAt: isoTime(note.updated_at),
	};
}
