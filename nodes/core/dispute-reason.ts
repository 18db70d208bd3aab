/**
 * Why the client disputes a payment, and by when the merchant must have answered: after that the money is lost, so the
 * date belongs into the task.
 * @param answerBy ISO 8601 or Unix seconds; null when the provider names none
 */
export function disputeReasonWithDeadline(
	reason: string | null,
	answerBy: string | number | null,
): string | null {
	const time = typeof answerBy === 'number' ? answerBy * 1000 : Date.parse(answerBy ?? '');
	if (!Number.isFinite(time)) return reason;
	const deadline = `answer by ${new Date(time).toISOString().slice(0, 10)}`;
	return reason === null ? deadline : `${reason}, ${deadline}`;
}
