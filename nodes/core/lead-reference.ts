/**
 * The reference that travels with every link: `kommo_{leadId}_{suffix}`.
 * Only letters, digits and underscores: Stripe drops other characters silently, and the longest field that has to
 * hold it (Checkout.com's) takes 50.
 */
const REFERENCE = /^kommo_([1-9]\d{0,14})_[A-Za-z0-9]{1,24}$/;

/** @throws RangeError when it names no lead, or the suffix would not survive the strictest provider */
export function leadReference(leadId: number, suffix: string): string {
	const reference = `kommo_${leadId}_${suffix}`;
	if (!REFERENCE.test(reference)) throw new RangeError(`"${reference}" is not a usable reference`);
	return reference;
}

/** The lead a reference names, or null when it is not one of ours. */
export function leadIdOfReference(reference: unknown): number | null {
	const match = typeof reference === 'string' ? REFERENCE.exec(reference) : null;
	return match ? parseLeadId(match[1]) : null;
}

/** A lead, contact or user id as providers give it back (often as a string); null when it is none. */
export function parseLeadId(value: unknown): number | null {
	const text =
		typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
	if (!/^[1-9]\d{0,14}$/.test(text)) return null;
	return Number(text);
}
