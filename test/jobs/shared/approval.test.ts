import { readApproval } from '../../../nodes/Clerk/jobs/shared/approval';

const NOW = Date.UTC(2026, 5, 1, 12);

const HOUR = 3_600_000;

describe('readApproval', () => {
	const planId = 'a'.repeat(64);
	const row = { key: 'k', plannedAt: new Date(NOW - HOUR).toISOString() };
	const ofPlan = {
		approved: 'plan',
		planId,
		plannedAt: NOW - HOUR,
		approvedBy: 'Ada',
		approvalValidFor: 24,
	};
	const ofRows = {
		approved: 'rows',
		approvedRows: [row],
		approvedBy: ' Ada ',
		approvalValidFor: 24,
	};

	it('reads a plan and rows, without their summary', () => {
		expect(readApproval(ofPlan)(NOW)).toEqual({ planId, rows: [], approvedBy: 'Ada' });
		const approvedRows = [row, { action: 'summary', key: null }];
		expect(readApproval({ ...ofRows, approvedRows })(NOW)).toEqual({
			rows: [row],
			approvedBy: 'Ada',
		});
		expect(readApproval({ ...ofRows, approvedRows: [] })(NOW)).toMatchObject({ rows: [] });
	});

	it('reads 200,000 rows', () => {
		const approvedRows = Array.from({ length: 200_000 }, () => row);
		expect(readApproval({ ...ofRows, approvedRows })(NOW).rows).toHaveLength(200_000);
	});

	it.each([
		['no approver', { ...ofRows, approvedBy: '' }],
		['no rows', { ...ofRows, approvedRows: undefined }],
		['rows without a time', { ...ofRows, approvedRows: [{ key: 'k' }] }],
		['no plan', { ...ofPlan, planId: undefined }],
		['no validity', { ...ofPlan, approvalValidFor: undefined }],
	])('rejects %s before the time is known', (_, values) => {
		expect(() => readApproval(values)).toThrow();
	});

	const old = new Date(NOW - 25 * HOUR).toISOString();

	it.each<[string, Record<string, unknown>, string]>([
		['no approver', { ...ofRows, approvedBy: ' ' }, 'Approved By is empty'],
		['no rows', { ...ofRows, approvedRows: undefined }, 'Approved Rows is empty'],
		['text', { ...ofRows, approvedRows: 'yes' }, 'Approved Rows needs a list of rows of a plan'],
		['a list of text', { ...ofRows, approvedRows: ['yes'] }, 'Approved Rows needs a list of rows'],
		['rows without a time', { ...ofRows, approvedRows: [{ key: 'k' }] }, 'each with its plannedAt'],
		['an old row', { ...ofRows, approvedRows: [row, { ...row, plannedAt: old }] }, '25 hours ago'],
		[
			'a row of the future',
			{ ...ofRows, approvedRows: [row, { ...row, plannedAt: new Date(NOW + HOUR).toISOString() }] },
			'in the future',
		],
		[
			'an old plan',
			{ ...ofPlan, plannedAt: NOW - 25 * HOUR },
			'(Hours) has expired: the plan is from',
		],
		['a plan of the future', { ...ofPlan, plannedAt: NOW + HOUR }, 'Planned At is in the future'],
		['no time of the plan', { ...ofPlan, plannedAt: undefined }, 'Planned At is empty'],
		['no plan', { ...ofPlan, planId: undefined }, 'Plan ID is not the ID of a plan'],
		[
			'another text for a plan',
			{ ...ofPlan, planId: 'approved' },
			'Plan ID is not the ID of a plan',
		],
		['no validity', { ...ofPlan, approvalValidFor: undefined }, '(Hours) is empty'],
	])('rejects %s', (_, values, message) => {
		expect(() => readApproval(values)(NOW)).toThrow(message);
	});
});
