import type { IDataObject } from 'n8n-workflow';

import { startClerk } from '../../sandbox/clerk';
import { runNode } from '../support/host';

type Clerk = Awaited<ReturnType<typeof startClerk>>;
type Values = IDataObject;

/** A plan that was approved, carried out by the node. */

let clerk: Clerk;

beforeEach(async () => {
	clerk = await startClerk({ seed: 'company', rateLimit: false });
});

afterEach(async () => {
	jest.restoreAllMocks();
	await clerk.close();
});

const run = async (
	parameters: Values | Values[],
	accessPolicy = 'full',
	continueOnFail = false,
) => {
	const output = await runNode({
		credential: {
			secretKey: clerk.liveSecretKey,
			baseUrl: clerk.url,
			accessPolicy,
			rateLimitShare: 100,
		},
		parameters,
		continueOnFail,
	});
	return output.map(({ json }) => json);
};

const by = (mode: string, value: string) => ({ __rl: true, mode, value });

const userNamed = (name: string) =>
	[...clerk.state.users.rows].find(({ first_name: first }) => first === name);

const writes = () =>
	clerk.requests.filter(({ method }) => method !== 'GET').map((one) => `${one.method} ${one.path}`);

const namesOf = (rows: Values[], status: string) =>
	rows
		.filter((row) => row.action !== 'summary' && row.status === status)
		.map(({ name }) => String(name).split(' ')[0])
		.sort();

const cleanUp = (values: Values = {}): Values => ({
	resource: 'user',
	operation: 'cleanUp',
	inactiveBy: 'activity',
	inactiveDays: 90,
	neverActive: 'leaveOut',
	measure: 'delete',
	graceDays: 0,
	maxUsers: 100,
	maxPercent: 50,
	cleanUpMode: 'plan',
	options: {},
	...values,
});

const approval = (rows: Values[], values: Values = {}): Values => ({
	approved: 'rows',
	approvedRows: rows,
	approvedBy: 'Ada Berg',
	approvalValidFor: 24,
	...values,
});

const exactly = (rows: Values[], values: Values = {}): Values => ({
	approved: 'plan',
	planId: rows.at(-1)!.planId,
	plannedAt: rows.at(-1)!.plannedAt,
	approvedBy: 'Ada Berg',
	approvalValidFor: 24,
	...values,
});

describe('Clean Up of approved rows', () => {
	const approved = (rows: Values[], values: Values = {}, form: Values = {}) =>
		cleanUp({ cleanUpMode: 'applyApproved', ...approval(rows, values), ...form });

	it('deletes who was approved and is still inactive, and says of the others why not', async () => {
		const plan = await run(cleanUp(), 'readOnly');
		const [farid, bruno, noor] = ['Farid', 'Bruno', 'Noor'].map((name) => userNamed(name)!);
		clerk.state.users.update(noor, { last_active_at: Date.now() });
		const chosen = plan.filter(({ userId }) =>
			[farid.id, bruno.id, noor.id].includes(userId as string),
		);
		const rows = await run(approved([...chosen].reverse()));

		expect(namesOf(rows, 'done')).toEqual(['Bruno', 'Farid']);
		expect(userNamed('Farid')).toBeUndefined();
		expect(userNamed('Noor')).toBeDefined();
		const reasons = Object.fromEntries(rows.map(({ name, reason }) => [name, reason]));
		expect(reasons['Oskar Lind']).toBe('Not approved');
		expect(reasons['Noor Rahman']).toBe('No longer due');
		expect(rows.every(({ approvedBy }) => approvedBy === 'Ada Berg')).toBe(true);
		expect(writes().sort()).toEqual([farid, bruno].map(({ id }) => `DELETE /users/${id}`).sort());
	});

	it('keeps the last admin, who was approved when there was another', async () => {
		const [ines, jonas] = ['Ines', 'Jonas'].map((name) => userNamed(name)!);
		// Jonas is the other admin of Bruno's organization.
		const plan = await run(cleanUp());
		expect(namesOf(plan, 'planned')).toContain('Bruno');
		clerk.state.users.update(jonas, { banned: true });
		const rows = await run(approved(plan));
		expect(rows.find(({ name }) => String(name).startsWith('Bruno'))).toMatchObject({
			status: 'skipped',
			reason: expect.stringMatching(/^The last admin of /),
		});
		expect(userNamed('Bruno')).toBeDefined();
		expect(clerk.state.users.get(ines.id)).toBeDefined();
	});

	it('is stopped by the guards of its form', async () => {
		const plan = await run(cleanUp());
		await expect(run(approved(plan, {}, { maxUsers: 2 }))).rejects.toThrow(
			'Stopped: 7 of 24 users (29 %) would be deleted; Max Users allows 2',
		);
		expect(writes()).toEqual([]);
	});

	it('does not take rows of another instance for an approval', async () => {
		const plan = await run(cleanUp());
		const fault = { kind: 'status', path: '/instance', times: 1 } as const;
		clerk.addFault({ ...fault, status: 200, body: { object: 'instance', id: 'ins_other' } });
		const rows = await run(approved(plan));
		expect(namesOf(rows, 'done')).toEqual([]);
		expect(writes()).toEqual([]);
		expect(namesOf(await run(approved(plan)), 'done')).toHaveLength(7);
	});

	it('does not take rows of another action for an approval', async () => {
		const plan = await run(cleanUp({ measure: 'ban' }));
		const rows = await run(approved(plan));
		expect(namesOf(rows, 'done')).toEqual([]);
		expect(writes()).toEqual([]);
	});

	it.each<[string, (rows: Values[]) => Values, string]>([
		['an old approval', (rows) => approval(rows, { approvalValidFor: 0.5 }), 'is over'],
		['no approver', (rows) => approval(rows, { approvedBy: '' }), 'Approved By is empty'],
		['no rows', () => approval([], { approvedRows: '' }), 'Approved Rows is empty'],
		['no plan', (rows) => exactly(rows, { planId: '' }), 'Plan ID is not that of a plan'],
	])('is refused with %s, before anything is read', async (_, valuesOf, message) => {
		const plan = await run(cleanUp());
		clerk.requests.length = 0;
		const realNow = Date.now.bind(Date);
		jest.spyOn(Date, 'now').mockImplementation(() => realNow() + 3_600_000);
		await expect(run(cleanUp({ cleanUpMode: 'applyApproved', ...valuesOf(plan) }))).rejects.toThrow(
			message,
		);
		expect(clerk.requests).toEqual([]);
	});
});

describe('Clean Up of exactly an approved plan', () => {
	const approved = (rows: Values[], values: Values = {}) =>
		cleanUp({ cleanUpMode: 'applyApproved', ...exactly(rows, values) });

	it('carries it out', async () => {
		const plan = await run(cleanUp());
		const rows = await run(approved(plan));
		expect(namesOf(rows, 'done')).toHaveLength(7);
		expect(rows.at(-1)).toMatchObject({ planId: plan.at(-1)!.planId, approvedBy: 'Ada Berg' });
	});

	it('does nothing if anything is different, and shows the differences', async () => {
		const plan = await run(cleanUp());
		clerk.state.users.update(userNamed('Noor')!, { last_active_at: Date.now() });
		const given = approved(plan, { approvedRows: plan });
		await expect(run(given)).rejects.toThrow(
			'The plan is not the one that was approved: 0 new, 1 no longer due. Nothing was changed',
		);
		const [row] = await run(given, 'full', true);
		const report = row.report as Values[];
		expect(report.find(({ name }) => name === 'Noor Rahman')).toMatchObject({
			status: 'skipped',
			reason: 'No longer due',
		});
		expect(namesOf(report, 'done')).toEqual([]);
		expect(writes()).toEqual([]);
	});
});

describe('Offboard of approved rows', () => {
	const ADA = 'ada.berg@example.com';
	const ELIF = 'elif.yilmaz@example.com';
	const offboard = (email: string, values: Values = {}): Values => ({
		resource: 'user',
		operation: 'offboard',
		userId: by('emailAddress', email),
		removeFrom: 'all',
		accountAction: 'delete',
		offboardMode: 'plan',
		options: {},
		...values,
	});

	it('neither removes the last admin nor deletes the user without the approved hand-over', async () => {
		const additionalFields = { handOverTo: by('emailAddress', ELIF) };
		const plan = await run(offboard(ADA, { additionalFields }));
		expect(plan.map(({ action }) => action)).toContain('handOver');
		const rows = await run(
			offboard(ADA, {
				additionalFields,
				offboardMode: 'applyApproved',
				...approval(plan.filter(({ action }) => action !== 'handOver')),
			}),
		);
		const outcome = Object.fromEntries(rows.map(({ action, status }) => [action, status]));
		expect(outcome).toMatchObject({
			handOver: 'skipped',
			removeFromOrganization: 'skipped',
			delete: 'skipped',
			revokeSession: 'done',
		});
		expect(userNamed('Ada')).toBeDefined();
	});

	it('takes the rows of several users in one approval, each for its own', async () => {
		const form = { accountAction: 'ban' };
		const plan = await run([offboard(ADA, form), offboard(ELIF, form)]);
		const ada = plan.filter(({ emailAddress }) => emailAddress === ADA);
		const mode = { ...form, offboardMode: 'applyApproved', ...approval(ada) };
		const rows = await run([offboard(ADA, mode), offboard(ELIF, mode)]);
		expect(userNamed('Ada')!.banned).toBe(true);
		expect(userNamed('Elif')!.banned).toBe(false);
		expect(rows.filter(({ reason }) => reason === 'No longer due')).toEqual([]);
		expect(new Set(rows.map(({ approvedBy }) => approvedBy))).toEqual(new Set(['Ada Berg']));
	});
});

describe('Offboard of an approved plan', () => {
	const offboard = (email: string, values: Values = {}): Values => ({
		resource: 'user',
		operation: 'offboard',
		userId: by('emailAddress', email),
		removeFrom: 'all',
		accountAction: 'ban',
		offboardMode: 'plan',
		options: {},
		...values,
	});

	it('does nothing if the user has another role by now', async () => {
		const [membership] = clerk.state.memberships.where('user_id', userNamed('Elif')!.id);
		const plan = await run(offboard('elif.yilmaz@example.com'));
		clerk.state.memberships.update(membership, {
			role: membership.role === 'org:billing' ? 'org:member' : 'org:billing',
		});
		const approved = { offboardMode: 'applyApproved', ...exactly(plan) };
		await expect(run(offboard('elif.yilmaz@example.com', approved))).rejects.toThrow(
			'The plan is not the one that was approved',
		);
		expect(writes()).toEqual([]);
	});

	it.each<[string, Values, string]>([
		['no approver', { approvedBy: ' ' }, 'Approved By is empty [item 1]'],
		['an old approval', { approvalValidFor: 0 }, '(Hours) is over: the plan is of'],
	])('carries out no item if a later one has %s', async (_, values, message) => {
		const emails = ['ada.berg@example.com', 'elif.yilmaz@example.com'];
		const plan = await run(emails.map((email) => offboard(email)));
		const items = [{}, values].map((own, at) =>
			offboard(emails[at], { offboardMode: 'applyApproved', ...approval(plan, own) }),
		);
		await expect(run(items)).rejects.toThrow(message);
		expect(writes()).toEqual([]);
	});

	it('does not hand over to another heir than the row says', async () => {
		const additionalFields = { handOverTo: by('emailAddress', 'elif.yilmaz@example.com') };
		const plan = await run(offboard('ada.berg@example.com', { additionalFields }));
		const rows = plan.map((row) =>
			row.action === 'handOver' ? { ...row, heirId: userNamed('Mei')!.id } : row,
		);
		const approved = { additionalFields, offboardMode: 'applyApproved', ...approval(rows) };
		const report = await run(offboard('ada.berg@example.com', approved));
		expect(report.find(({ action }) => action === 'handOver')).toMatchObject({
			status: 'skipped',
			reason: 'Not approved',
		});
		expect(writes().filter((one) => one.includes('/memberships'))).toEqual([]);
	});
});

describe('Sync of approved rows', () => {
	const membershipsOf = (slug: string) =>
		clerk.state.memberships.where(
			'organization_id',
			clerk.state.organizations.where('slug', slug)[0].id,
		);
	const item = (email: string, role: string, values: Values = {}): Values => ({
		resource: 'organizationMembership',
		operation: 'sync',
		organizationId: by('slug', 'blue-kite'),
		matchBy: 'emailAddress',
		matchValue: email,
		role: by('key', role),
		otherMembers: 'remove',
		maxRemovals: 100,
		maxPercent: 100,
		syncMode: 'plan',
		options: {},
		...values,
	});
	/** All members but the admin Ines, and Wes as the new admin. */
	const wanted = (values: Values = {}) => [
		...membershipsOf('blue-kite')
			.map(({ user_id: id, role }) => [
				String(clerk.state.users.get(id)!.email_addresses[0].email_address),
				role,
			])
			.filter(([email]) => !email.startsWith('ines'))
			.map(([email, role]) => item(email, role, values)),
		item('wes.carter@example.com', 'org:admin', values),
	];
	const approved = (rows: Values[]) => ({ syncMode: 'applyApproved', ...approval(rows) });

	it('removes the old admin only if the new one was approved too', async () => {
		const plan = await run(wanted());
		expect(plan.map(({ action, status }) => `${String(action)} ${String(status)}`)).toEqual([
			'add planned',
			'remove planned',
			'summary planned',
		]);
		const items = wanted(approved(plan.filter(({ action }) => action === 'remove')));
		const kept = await run(items);
		expect(kept.slice(0, 2)).toMatchObject([
			{ action: 'add', status: 'skipped', reason: 'Not approved' },
			{ action: 'remove', status: 'skipped', reason: expect.stringContaining('last admin') },
		]);
		expect(writes()).toEqual([]);
		const rows = await run(wanted(approved(plan)));
		expect(rows.slice(0, 2)).toMatchObject([{ status: 'done' }, { status: 'done' }]);
	});

	it('does not take the approval of another role for this one', async () => {
		const plan = await run(wanted());
		const items = wanted(approved(plan));
		items[items.length - 1].role = by('key', 'org:billing');
		const rows = await run(items);
		expect(rows.find(({ action }) => action === 'add')).toMatchObject({
			status: 'skipped',
			reason: 'Not approved',
			role: 'org:billing',
		});
		expect(writes()).toEqual([]);
	});
});

describe('Remove Metadata Keys of approved rows', () => {
	const remove = (keys: string, values: Values = {}): Values => ({
		resource: 'user',
		operation: 'removeMetadataKeys',
		userId: by('id', userNamed('Dana')!.id),
		keys,
		kinds: ['private'],
		removeMetadataKeysMode: 'plan',
		options: {},
		...values,
	});
	const approved = (rows: Values[]) => ({
		removeMetadataKeysMode: 'applyApproved',
		...approval(rows),
	});

	it('removes the keys that were approved, and no others', async () => {
		const plan = await run(remove('crm.id'));
		const other = await run(remove('crm', approved(plan)));
		expect(other).toMatchObject([
			{ status: 'skipped', reason: 'Not approved' },
			{ status: 'skipped', reason: 'No longer due' },
			{ action: 'summary' },
		]);
		expect(writes()).toEqual([]);
		const [row] = await run(remove('crm.id', approved(plan)));
		expect(row).toMatchObject({ status: 'done', approvedBy: 'Ada Berg' });
		expect(userNamed('Dana')!.private_metadata).toEqual({ crm: {} });
	});
});
