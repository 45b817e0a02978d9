import type { IDataObject } from 'n8n-workflow';

import { startClerk } from '../../sandbox/clerk';
import { runNode } from '../support/host';
import { by, cleanUpForm, liveCredential } from '../support/jobs';

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
		credential: liveCredential(clerk, { accessPolicy }),
		parameters,
		continueOnFail,
	});
	return output.map(({ json }) => json);
};

const userNamed = (name: string) =>
	[...clerk.state.users.rows].find(({ first_name: first }) => first === name);

const writes = () =>
	clerk.requests.filter(({ method }) => method !== 'GET').map((one) => `${one.method} ${one.path}`);

const namesOf = (rows: Values[], status: string) =>
	rows
		.filter((row) => row.action !== 'summary' && row.status === status)
		.map(({ name }) => String(name).split(' ')[0])
		.sort();

const cleanUp = (values: Values = {}): Values => cleanUpForm({ cleanUpMode: 'plan', ...values });

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
		['an old approval', (rows) => approval(rows, { approvalValidFor: 0.5 }), 'has expired'],
		['no approver', (rows) => approval(rows, { approvedBy: '' }), 'Approved By is empty'],
		['no rows', () => approval([], { approvedRows: '' }), 'Approved Rows is empty'],
		['no plan', (rows) => exactly(rows, { planId: '' }), 'Plan ID is not the ID of a plan'],
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
		['an old approval', { approvalValidFor: 0 }, '(Hours) has expired: the plan is from'],
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

describe('An approval for several items of Offboard', () => {
	const offboard = (name: string, values: Values = {}): Values => ({
		resource: 'user',
		operation: 'offboard',
		userId: by('id', String(userNamed(name)?.id ?? values.id)),
		removeFrom: 'all',
		accountAction: 'ban',
		offboardMode: 'plan',
		options: {},
		...values,
	});
	const applying = { offboardMode: 'applyApproved' };
	const planOf = async (...names: string[]) => await run(names.map((name) => offboard(name)));
	const summariesOf = (rows: Values[]) => rows.filter(({ action }) => action === 'summary');
	const changeRoleOf = (name: string) => {
		const [membership] = clerk.state.memberships.where('user_id', userNamed(name)!.id);
		const role = membership.role === 'org:billing' ? 'org:member' : 'org:billing';
		clerk.state.memberships.update(membership, { role });
	};

	it('is about one plan, which has one ID', async () => {
		const plan = await planOf('Ada', 'Elif');
		const [first, second] = summariesOf(plan);
		expect(first.planId).toMatch(/^[\da-f]{64}$/);
		expect(second.planId).toBe(first.planId);
		const form = { ...applying, ...exactly(plan) };
		await expect(run(offboard('Ada', form))).rejects.toThrow('is not the one that was approved');
		expect(writes()).toEqual([]);
		const rows = await run([offboard('Ada', form), offboard('Elif', form)]);
		expect(['Ada', 'Elif'].map((name) => userNamed(name)!.banned)).toEqual([true, true]);
		expect(summariesOf(rows).map(({ planId }) => planId)).toEqual([first.planId, first.planId]);
	});

	it('does nothing for any item if the plan of the last one is different', async () => {
		const plan = await planOf('Ada', 'Elif');
		changeRoleOf('Elif');
		const form = { ...applying, ...exactly(plan, { approvedRows: plan }) };
		const items = [offboard('Ada', form), offboard('Elif', form)];
		const message =
			'The plan is not the one that was approved: 1 new, 1 no longer due. Nothing was changed';
		await expect(run(items)).rejects.toThrow(`${message} [item 0]`);
		const [first, second] = await run(items, 'full', true);
		const report = first.report as Values[];
		expect(first.error).toBe(`${message} [item 0]`);
		expect(second.error).toContain('Not carried out, because other items');
		expect(summariesOf(report).map(({ name }) => name)).toEqual(['Ada Berg', 'Elif Yilmaz']);
		expect(
			report
				.filter(({ reason }) => /^(Not in the approved plan|No longer due)$/.test(String(reason)))
				.map(({ action, name }) => [action, name]),
		).toEqual([
			['removeFromOrganization', 'Elif Yilmaz'],
			['removeFromOrganization', 'Elif Yilmaz'],
		]);
		expect(report.filter(({ status }) => status === 'done')).toEqual([]);
		expect(writes()).toEqual([]);
	});

	it('reports once what was approved for a user of no item', async () => {
		const plan = await planOf('Ada', 'Elif', 'Wes');
		const due = plan.filter(({ status, action }) => status === 'planned' && action !== 'summary');
		const ofWes = due.filter(({ userId }) => userId === userNamed('Wes')!.id);
		expect(ofWes.length).toBeGreaterThan(1);
		const form = { ...applying, ...approval(plan) };
		const rows = await run([offboard('Ada', form), offboard('Elif', form)]);
		const gone = rows.filter(({ reason }) => reason === 'No longer due');
		expect(gone.map(({ action, userId }) => [action, userId])).toEqual(
			ofWes.map(({ action, userId }) => [action, userId]),
		);
		// The summary of Elif, who is the last item, counts her own rows.
		expect(summariesOf(rows).at(-1)!.reason).toMatch(/^Offboard Elif Yilmaz .*, skipped 1$/);
		expect(rows.at(-1)!.action).toBe('summary');
	});

	it('reports what was approved for a user who is deleted by now', async () => {
		const plan = await planOf('Ada', 'Wes');
		const wes = userNamed('Wes')!;
		const form = { ...applying, ...approval(plan) };
		const items = [offboard('Ada', form), offboard('Wes', form)];
		clerk.state.users.remove(wes);
		await expect(run(items)).rejects.toThrow('[item 1]');
		expect(writes()).toEqual([]);
		items[1].options = { ifNotFound: 'empty' };
		const rows = await run(items);
		const due = plan.filter(
			({ userId, action, status }) =>
				userId === wes.id && action !== 'summary' && status === 'planned',
		);
		expect(rows.filter(({ reason }) => reason === 'No longer due')).toHaveLength(due.length);
		expect(rows.at(-1)).toEqual({});
		expect(userNamed('Ada')!.banned).toBe(true);
	});

	it('keeps the second of two last admins, whose removals were both approved', async () => {
		const plan = await planOf('Bruno', 'Jonas');
		const ofPine = (rows: Values[]) =>
			rows.filter(
				({ action, organization }) =>
					action === 'removeFromOrganization' && organization === 'pine-co',
			);
		expect(ofPine(plan).map(({ status }) => status)).toEqual(['planned', 'planned']);
		const form = { ...applying, ...exactly(plan) };
		const rows = await run([offboard('Bruno', form), offboard('Jonas', form)]);
		expect(ofPine(rows)).toMatchObject([
			{ name: 'Bruno Costa', status: 'done' },
			{ status: 'skipped', reason: expect.stringContaining('The user is the last admin of Pine') },
		]);
	});

	it('judges the items of a dry run by themselves', async () => {
		const plan = await planOf('Ada');
		const form = { ...applying, ...exactly(plan) };
		const rows = await run([offboard('Elif'), offboard('Ada', form)]);
		expect(summariesOf(rows).map(({ status }) => status)).toEqual(['planned', 'done']);
		expect(userNamed('Ada')!.banned).toBe(true);
		expect(userNamed('Elif')!.banned).toBe(false);
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

	it('takes several items for one plan, and reads each again before it is written', async () => {
		const plan = await run([remove('crm'), remove('crm.id')]);
		const form = {
			removeMetadataKeysMode: 'applyApproved',
			...exactly(plan),
		};
		const items = [remove('crm', form), remove('crm.id', form)];
		expect(await run(items)).toMatchObject([
			{ status: 'done', removed: ['private.crm'] },
			{ action: 'summary', planId: plan.at(-1)!.planId },
			{ status: 'skipped', reason: 'None of the keys exists' },
			{ status: 'skipped', reason: 'No longer due' },
			{ action: 'summary', planId: plan.at(-1)!.planId },
		]);
		expect(userNamed('Dana')!.private_metadata).toEqual({});
		expect(writes()).toHaveLength(1);
		await expect(run(items)).rejects.toThrow('The plan is not the one that was approved');
		expect(writes()).toHaveLength(1);
	});
});
