import type { Entity } from './entities';

const digits = (text: string) => text.replace(/\D/g, '');

/** `query` of a list call: the name and all filled fields, by substring; phones by their digits. */
export function matchesSearch(entity: Entity, search: string | undefined): boolean {
	if (search === undefined || search === '') return true;
	const wanted = search.toLowerCase();
	const wantedDigits = digits(search);
	const texts = [
		entity.name,
		...[...entity.field_values.values()].flat().map(({ value }) => value),
	];
	return texts.some((text) => {
		const found = String(text).toLowerCase();
		if (found.includes(wanted)) return true;
		const phoneLike = wantedDigits.length >= 6 && /^[+\d\s()-]+$/.test(search);
		return phoneLike && digits(found).includes(wantedDigits);
	});
}
