import { disputeReasonWithDeadline } from '../../../nodes/core/dispute-reason';

describe('the reason of a dispute', () => {
	it.each([
		['fraudulent', 1796461600, 'fraudulent, answer by 2026-12-05'],
		['fraudulent', '2026-12-15T10:00:00Z', 'fraudulent, answer by 2026-12-15'],
		[null, '2026-12-15T10:00:00Z', 'answer by 2026-12-15'],
		['fraudulent', null, 'fraudulent'],
		['fraudulent', 'soon', 'fraudulent'],
		[null, null, null],
	])('is %j with the deadline %j told as %j', (reason, answerBy, told) => {
		expect(disputeReasonWithDeadline(reason, answerBy)).toBe(told);
	});
});
