import { fakeClock } from '../../support/fakeClock';
import { startClerk } from '../../../sandbox/clerk';
import { newMembership } from '../../../sandbox/clerk/records/membership';
import { newOrganization } from '../../../sandbox/clerk/records/organization';
import { Clerk as ClerkNode } from '../../../nodes/Clerk/Clerk.node';
import { columnsOf } from '../../../nodes/Clerk/jobs/shared/report';
import { SYNC_LAYOUT } from '../../../nodes/Clerk/jobs/sync/report';
import { hostOf, runNode } from '../../support/host';

jest.setTimeout(60_000);

type Clerk = Awaited<ReturnType<typeof startClerk>>;
type Values = Record<string, unknown>;

let clerk: Clerk;

const start = async (options: Parameters<typeof startClerk>[0] = {}) => {
	await fakeClock.wait(3_600_000);
	clerk = await startClerk({ seed: 'company', clock: fakeClock.now, ...options });
};

afterEach(async () => await clerk.close());

const by = (mode: string, value: string) => ({ __rl: true, mode, value });

const item = (matchValue: unknown, values: Values = {}): Values => ({
	resource: 'organizationMembership',
	operation: 'sync',
	organizationId: by('slug', 'blue-kite'),
	matchBy: 'emailAddress',
	matchValue,
	role: by('id', 'org:member'),
	otherMembers: 'remove',
	syncMode: 'apply',
	maxPercent: 100,
	options: {},
	...values,
});

const credentialOf = (values: Values = {}) => ({
	secretKey: clerk.secretKey,
	baseUrl: clerk.url,
	accessPolicy: 'full',
	rateLimitShare: 100,
	...values,
});

const run = async (
	parameters: Values[],
	{ continueOnFail = false, ...credential }: Values & { continueOnFail?: boolean } = {},
) => {
	const before = clerk.requests.length;
	const outcome = await runNode({
		credential: credentialOf(credential),
		parameters,
		continueOnFail,
	}).then(
		(items) => ({ items, error: undefined }),
		(error: Error & { description?: string }) => ({ items: [], error }),
	);
	const sent = clerk.requests.slice(before);
	const writes = sent.filter(({ method }) => method !== 'GET');
	const rows = outcome.items.map(({ json }) => json);
	return { ...outcome, rows, sent, writes };
};

const organization = (slug: string) => clerk.state.organizations.where('slug', slug)[0];

const addressOf = (userId: string) =>
	clerk.state.users.get(userId)!.email_addresses[0].email_address!;

const membershipsOf = (slug: string) =>
	clerk.state.memberships.where('organization_id', organization(slug).id);

const membersOf = (slug: string) =>
	membershipsOf(slug)
		.map((one) => `${addressOf(one.user_id).split('@')[0]} ${one.role.slice(4)}`)
		.sort();

const asItems = (slug: string, values: Values = {}) =>
	membershipsOf(slug).map((one) =>
		item(addressOf(one.user_id), {
			organizationId: by('slug', slug),
			role: by('id', one.role),
			...values,
		}),
	);

/** A line for each row but the summaries, which come last. */
const brief = (rows: Values[]) => briefAll(rows.filter(({ action }) => action !== 'summary'));

const briefAll = (rows: Values[]) =>
	rows.map(({ action, status, target }) => {
		const user = clerk.state.users.get(String(target));
		const named = user ? user.email_addresses[0].email_address?.split('@')[0] : target;
		return `${String(action)} ${String(status)} ${String(named)}`;
	});

/** Rosa is missing, Vera is an admin, Wes is new. */
const changed = () => [
	...asItems('blue-kite')
		.filter(({ matchValue }) => !String(matchValue).startsWith('rosa'))
		.map((one) =>
			String(one.matchValue).startsWith('vera') ? { ...one, role: by('id', 'org:admin') } : one,
		),
	item(' Wes.Carter@Example.com'),
];

const CHANGED = ['changeRole vera.novak', 'add wes.carter', 'remove rosa.jimenez'];

describe('Organization Membership: Sync', () => {
	beforeEach(async () => await start());

	it('only reports its plan until the Run Mode says otherwise, even under Read Only', async () => {
		const items = changed().map((one) => ({ ...one, syncMode: undefined }));
		const before = membersOf('blue-kite');
		const { rows, writes } = await run(items, { accessPolicy: 'readOnly' });
		const id = organization('blue-kite').id;
		expect(briefAll(rows)).toEqual([
			...CHANGED.map((line) => line.replace(' ', ' planned ')),
			`summary planned ${id}`,
		]);
		for (const row of rows) expect(Object.keys(row)).toEqual(columnsOf(SYNC_LAYOUT));
		expect(rows.every(({ dryRun }) => dryRun === true)).toBe(true);
		expect(rows.at(-1)).toMatchObject({
			wanted: items.length,
			members: before.length,
			organization: 'blue-kite',
			reason: `Wanted ${items.length}, currently ${before.length} members: change role 1, add 1, remove 1`,
			planId: expect.stringMatching(/^[\da-f]{64}$/),
		});
		expect(rows[0]).toMatchObject({ role: 'org:admin', previousRole: 'org:member' });
		expect(rows[2]).toMatchObject({
			action: 'remove',
			name: 'Rosa Jimenez',
			emailAddress: 'rosa.jimenez@example.com',
			organization: 'blue-kite',
			role: 'org:member',
		});
		expect(writes).toEqual([]);
		expect(membersOf('blue-kite')).toEqual(before);
	});

	it('makes the members those of the input, and changes nothing the second time', async () => {
		const items = changed();
		const { rows, items: output } = await run(items);
		expect(brief(rows)).toEqual(CHANGED.map((line) => line.replace(' ', ' done ')));
		const after = membersOf('blue-kite');
		expect(after).toEqual(expect.arrayContaining(['vera.novak admin', 'wes.carter member']));
		expect(after.join()).not.toContain('rosa');
		expect(output[1].pairedItem).toEqual({ item: items.length - 1 });
		const again = await run(items);
		expect(again.writes).toEqual([]);
		expect(again.rows).toHaveLength(1);
		expect(again.rows[0]).toMatchObject({ action: 'summary', status: 'done' });
	});

	it.each(['readOnly', 'noDeletes'])('changes nothing under the policy %s', async (policy) => {
		const before = membersOf('blue-kite');
		const { error, sent, writes } = await run(changed(), { accessPolicy: policy });
		expect(error?.message).toMatch(/access policy|Read only|No deletes/i);
		expect(writes).toEqual([]);
		if (policy === 'readOnly') expect(sent).toEqual([]);
		expect(membersOf('blue-kite')).toEqual(before);
	});

	it('finds users by ID and by external ID', async () => {
		const [mei] = clerk.state.users.where('external_id', 'crm-1005');
		const keep = { otherMembers: 'keep' };
		const byExternalId = await run([item('crm-1005', { ...keep, matchBy: 'externalId' })]);
		expect(brief(byExternalId.rows)).toEqual(['add done mei.chen']);
		const byId = await run([item(mei.id, { ...keep, matchBy: 'userId' })]);
		expect(byId.writes).toEqual([]);
		const { error } = await run([item('user_x', { ...keep, matchBy: 'userId' })]);
		expect(error?.message).toContain('there is no user with the ID "user_x" [item 0]');
		const signed = await run([item('-user_x', { ...keep, matchBy: 'userId' })]);
		expect(signed.error?.message).toMatch(/^User ID needs a user ID such as .*"-user_x"/);
	});

	it('syncs the organizations of the items and of the form, each once', async () => {
		const kite = organization('blue-kite').id;
		const items = [
			...asItems('blue-kite'),
			...asItems('pine-co'),
			item('wes.carter@example.com', { organizationId: by('id', kite) }),
		];
		items[0].additionalFields = { organizations: `${kite}, pine-co, harbour-labs` };
		items[0].otherMembers = 'keep';
		const { rows } = await run(items);
		expect(briefAll(rows)).toEqual([
			'add done wes.carter',
			`summary done ${kite}`,
			`summary done ${organization('pine-co').id}`,
			`summary done ${organization('harbour-labs').id}`,
			'summary done organizations',
		]);
		expect(rows.at(-1)!.reason).toMatch(
			/^Wanted \d+, previously \d+ members in 3 organizations: add 1$/,
		);
	});

	it('merges the given metadata only where it differs', async () => {
		const [first, ...others] = asItems('blue-kite');
		const additionalFields = { publicMetadata: { team: { name: 'x' }, old: null } };
		const items = [
			{ ...first, additionalFields },
			...others,
			item('wes.carter@example.com', { additionalFields }),
		];
		const membership = membershipsOf('blue-kite')[0];
		membership.public_metadata = { team: { size: 2 }, old: 1, kept: true };
		const { rows } = await run(items);
		expect(rows.map(({ action }) => action)).toEqual(['changeMetadata', 'add', 'summary']);
		const [kept] = membershipsOf('blue-kite').filter(({ id }) => id === membership.id);
		expect(kept.public_metadata).toEqual({ team: { size: 2, name: 'x' }, kept: true });
		expect((await run(items)).writes).toEqual([]);
	});

	it('removes only members it added itself, if asked for', async () => {
		const own = { otherMembers: 'removeMarked', syncName: 'hr', maxPercent: 50 };
		const before = membersOf('blue-kite');
		await run([item('wes.carter@example.com', own), item('tove.dahl@example.com')]);
		expect(membersOf('blue-kite')).toHaveLength(before.length + 2);
		const other = await run([item('tove.dahl@example.com', { ...own, syncName: 'crm' })]);
		expect(brief(other.rows)).toEqual(['changeMetadata done tove.dahl']);
		const { rows } = await run([item('oskar.lind@example.com', own)]);
		expect(brief(rows).sort()).toEqual([
			'add done oskar.lind',
			'remove done wes.carter',
			'unmark done tove.dahl',
		]);
		expect(membersOf('blue-kite')).toEqual(
			[...before, 'tove.dahl member', 'oskar.lind member'].sort(),
		);
	});

	it('invites addresses without a user, and revokes unwanted invitations', async () => {
		const options = { inviteMissing: true, revokeInvitations: true };
		const members = asItems('blue-kite');
		members[0].options = options;
		const first = await run([...members, item('New@Else.example'), item('two@else.example')]);
		expect(brief(first.rows).slice(-2)).toEqual([
			'invite done new@else.example',
			'invite done two@else.example',
		]);
		expect(first.rows.at(-1)!.reason).toMatch(
			/; Clerk takes 250 organization invitations an hour$/,
		);
		const dry = await run([{ ...members[0], syncMode: 'plan' }, item('three@else.example')]);
		expect(dry.rows.at(-1)!.reason).toContain('; Clerk takes 250 organization invitations an hour');
		expect(
			(await run([...members, item('new@else.example'), item('two@else.example')])).writes,
		).toEqual([]);
		const role = by('id', 'org:admin');
		const second = await run([...members, item('new@else.example', { role })]);
		expect(brief(second.rows).slice(-2)).toEqual([
			'reinvite done new@else.example',
			'revoke done two@else.example',
		]);
		const pending = clerk.state.organizationInvitations
			.where('organization_id', organization('blue-kite').id)
			.filter(({ status }) => status === 'pending')
			.map(({ email_address: address, role: key }) => [address, key]);
		expect(pending).toContainEqual(['new@else.example', 'org:admin']);
		expect(pending.map(([address]) => address)).not.toContain('two@else.example');
	});

	it('revokes no invitation if the hourly limit does not allow another one', async () => {
		organization('blue-kite').max_allowed_memberships = 0;
		const members = asItems('blue-kite');
		members[0].options = { inviteMissing: true, revokeInvitations: true };
		const address = (at: number) => `p${at}@else.example`;
		const all = Array.from({ length: 249 }, (_, at) => item(address(at)));
		await run([...members, ...all]);
		const role = by('id', 'org:admin');
		const { rows, writes } = await run(
			[...members, ...all.map((one, at) => (at < 3 ? { ...one, role } : one))],
			{ continueOnFail: true },
		);
		const report = rows[0].report as Values[];
		expect(brief(report)).toEqual([
			`reinvite done ${address(0)}`,
			`reinvite failed ${address(1)}`,
			`reinvite failed ${address(2)}`,
		]);
		expect(report[1].reason).toContain('250 organization invitations an hour');
		expect(writes).toHaveLength(2);
	});

	it('keeps the last admin, and adds another one before a removal', async () => {
		const admins = () => membersOf('blue-kite').filter((line) => line.endsWith('admin'));
		expect(admins()).toEqual(['ines.moreau admin']);
		const without = asItems('blue-kite').filter(
			({ role }) => (role as Values).value !== 'org:admin',
		);
		const kept = await run(without);
		expect(brief(kept.rows)).toEqual(['remove skipped ines.moreau']);
		expect(kept.rows[0].reason).toContain('last admin');
		const successor = item('wes.carter@example.com', { role: by('id', 'org:admin') });
		const { rows, writes } = await run([...without, successor]);
		expect(brief(rows)).toEqual(['add done wes.carter', 'remove done ines.moreau']);
		expect(writes.map(({ method }) => method)).toEqual(['POST', 'DELETE']);
		expect(admins()).toEqual(['wes.carter admin']);
	});

	it('keeps the present admin if the new one cannot be appointed', async () => {
		clerk.addFault({ kind: 'status', status: 422, method: 'POST', path: /memberships$/ });
		const without = asItems('blue-kite').filter(
			({ role }) => (role as Values).value !== 'org:admin',
		);
		const successor = item('wes.carter@example.com', { role: by('id', 'org:admin') });
		const { rows, error } = await run([...without, successor], { continueOnFail: true });
		expect(error).toBeUndefined();
		expect(brief(rows[0].report as Values[])).toEqual([
			'add failed wes.carter',
			'remove skipped ines.moreau',
		]);
		expect(membersOf('blue-kite')).toContain('ines.moreau admin');
	});

	it.each([
		['an addition', /memberships$/, (members: Values[]) => members],
		[
			'an invitation',
			/invitations$/,
			([first, ...others]: Values[]) => [
				{ ...first, options: { inviteMissing: true, revokeInvitations: true } },
				...others,
				item('new@else.example'),
			],
		],
	])('removes no member after %s failed, and does so in the next run', async (_, path, given) => {
		const members = given(changed());
		clerk.addFault({ kind: 'status', status: 422, method: 'POST', path });
		const { rows, writes } = await run(members, { continueOnFail: true });
		const report = rows[0].report as Values[];
		const removal = report.find(({ action }) => action === 'remove')!;
		expect(removal).toMatchObject({
			status: 'skipped',
			reason: expect.stringMatching(/^Held back: a person could not be added or invited/),
		});
		expect(writes.map(({ method }) => method)).not.toContain('DELETE');
		expect(membersOf('blue-kite')).toContain('rosa.jimenez member');
		// What did not fail is done.
		expect(membersOf('blue-kite')).toContain('vera.novak admin');
		const second = await run(members);
		expect(second.error).toBeUndefined();
		expect(membersOf('blue-kite')).not.toContain('rosa.jimenez member');
		expect(membersOf('blue-kite')).toContain('wes.carter member');
	});

	it('holds removals back only in the organization in which an addition failed', async () => {
		const other = asItems('pine-co').slice(1);
		const path = new RegExp(`${organization('blue-kite').id}/memberships$`);
		clerk.addFault({ kind: 'status', status: 422, method: 'POST', path });
		const { rows } = await run([...changed(), ...other], { continueOnFail: true });
		const removals = (rows[0].report as Values[])
			.filter(({ action }) => action === 'remove')
			.map(({ organizationId, status }) => [organizationId, status]);
		expect(removals).toEqual([
			[organization('blue-kite').id, 'skipped'],
			[organization('pine-co').id, 'done'],
		]);
	});

	it('removes first where the organization is full, and then adds', async () => {
		const { max_allowed_memberships: limit } = organization('blue-kite');
		organization('blue-kite').max_allowed_memberships = membershipsOf('blue-kite').length;
		const { rows, writes } = await run(changed());
		expect(brief(rows)).toEqual(CHANGED.map((line) => line.replace(' ', ' done ')));
		const isAddition = ({ method, path }: { method: string; path: string }) =>
			method === 'POST' && path.endsWith('/memberships');
		expect(writes.filter(isAddition)).toHaveLength(2);
		expect(writes.at(-1)).toMatchObject({ method: 'POST' });
		expect(limit).toBeGreaterThan(0);
	});

	it('says so where an organization is full and no member is to be removed', async () => {
		organization('blue-kite').max_allowed_memberships = membershipsOf('blue-kite').length;
		const members = [...asItems('blue-kite'), item('wes.carter@example.com')];
		const { rows, writes } = await run(members, { continueOnFail: true });
		const [addition] = rows[0].report as Values[];
		expect(addition).toMatchObject({ action: 'add', status: 'failed' });
		expect(addition.reason).toContain('reached your limit');
		expect(writes).toHaveLength(1);
	});

	it('names a member to remove whose address is nearly one to invite, in a hint and in the row', async () => {
		const typo = asItems('blue-kite').map((one) =>
			String(one.matchValue).startsWith('rosa')
				? { ...one, matchValue: 'rosa.jimenez@exmaple.com' }
				: one,
		);
		typo[0] = { ...typo[0], options: { inviteMissing: true }, syncMode: 'plan' };
		const { rows } = await run(typo);
		const host = hostOf({ credential: credentialOf(), parameters: typo });
		await new ClerkNode().execute.call(host as never);
		const invitation = rows.find(({ action }) => action === 'invite')!;
		expect(invitation).toMatchObject({ similarTo: 'rosa.jimenez@example.com', status: 'planned' });
		expect(invitation.reason).toContain('almost that of rosa.jimenez@example.com');
		expect(host.hints.map(({ message }) => message)).toEqual([
			'rosa.jimenez@exmaple.com: The address is almost that of rosa.jimenez@example.com, a member to remove: check for a typo.',
		]);
	});

	it('does not count a banned user as the new admin, found by ID as a member of another organization', async () => {
		const wes = clerk.state.users.where('email_address', 'wes.carter@example.com')[0];
		const pine = organization('pine-co').id;
		clerk.state.memberships.insert(
			newMembership(clerk.state, { organization_id: pine, user_id: wes.id, role: 'org:member' }),
		);
		clerk.state.users.update(wes, { banned: true });
		const byId = (slug: string) =>
			membershipsOf(slug)
				.filter(({ role }) => slug !== 'blue-kite' || role !== 'org:admin')
				.map((one) =>
					item(one.user_id, {
						organizationId: by('slug', slug),
						matchBy: 'userId',
						role: by('id', one.role),
					}),
				);
		const successor = item(wes.id, { matchBy: 'userId', role: by('id', 'org:admin') });
		const { rows } = await run([...byId('pine-co'), ...byId('blue-kite'), successor]);
		expect(brief(rows)).toContain('remove skipped ines.moreau');
		expect(membersOf('blue-kite')).toContain('ines.moreau admin');
	});

	it('skips a user that a directory manages, found by ID as a member of another organization', async () => {
		const [connection] = clerk.state.enterpriseConnections.rows;
		const wes = clerk.state.users.where('email_address', 'wes.carter@example.com')[0];
		wes.enterprise_accounts = [{ id: 'entacc_1', enterprise_connection_id: connection.id }];
		const pine = organization('pine-co').id;
		clerk.state.memberships.insert(
			newMembership(clerk.state, { organization_id: pine, user_id: wes.id, role: 'org:member' }),
		);
		const byId = { matchBy: 'userId', otherMembers: 'keep' };
		const { rows, writes } = await run([
			item(wes.id, { ...byId, organizationId: by('slug', 'pine-co') }),
			item(wes.id, { ...byId, organizationId: by('slug', 'harbour-labs') }),
		]);
		expect(brief(rows)).toContain('add skipped wes.carter');
		expect(writes).toEqual([]);
	});

	it.each(['emailAddress', 'userId'])(
		'skips deprovisioned users, who are not active admins (match by %s)',
		async (matchBy) => {
			const [first, ...others] = membershipsOf('blue-kite');
			const user = clerk.state.users.get(first.user_id)!;
			clerk.state.users.update(user, { deprovisioned: true });
			const valueOf = (id: string) => (matchBy === 'userId' ? id : addressOf(id));
			const kept = others.map((one) =>
				item(String(valueOf(one.user_id)), {
					organizationId: by('slug', 'blue-kite'),
					matchBy,
					role: by('id', one.role),
				}),
			);
			const { rows, writes } = await run(kept);
			const row = rows.find(({ target }) => target === user.id);
			expect(row).toMatchObject({
				action: 'remove',
				status: 'skipped',
				reason: 'Deprovisioned by a directory (Directory Sync)',
			});
			expect(writes).toEqual([]);
		},
	);

	it('skips users and addresses that a directory manages', async () => {
		const [connection] = clerk.state.enterpriseConnections.rows;
		const all = asItems('harbour-labs');
		const managed = clerk.state.users.get(membershipsOf('harbour-labs')[1].user_id)!;
		managed.enterprise_accounts = [{ id: 'entacc_1', enterprise_connection_id: connection.id }];
		const items = all.filter(({ matchValue }) => matchValue !== addressOf(managed.id));
		items[0].options = { inviteMissing: true };
		const { rows, writes } = await run([
			...items,
			item('new@harbour-labs.example.com', { organizationId: by('slug', 'harbour-labs') }),
		]);
		expect(rows.slice(0, -1).map(({ action, status }) => [action, status])).toEqual([
			['invite', 'skipped'],
			['remove', 'skipped'],
		]);
		expect(rows[1].reason).toContain('Harbour Labs people');
		expect(writes).toEqual([]);
	});
});

describe('Organization Membership: Sync, before anything is written', () => {
	beforeEach(async () => await start());

	it('is stopped if it would remove more members than the form allows', async () => {
		const items = asItems('blue-kite').slice(0, 2);
		const few = await run([{ ...items[0], maxRemovals: 1 }, items[1]]);
		expect(few.error?.message).toMatch(
			/^Stopped: 2 of 4 members of blue-kite \(50 %\) would be removed; Max Removals allows 1\. Nothing was changed/,
		);
		const share = await run([{ ...items[0], maxPercent: 10 }, items[1]]);
		expect(share.error?.message).toContain('Max % of Members allows 10 %');
		const shown = await run([{ ...items[0], maxRemovals: 1, syncMode: 'plan' }, items[1]]);
		expect(shown.rows.at(-1)!.reason).toContain('; Would stop: ');
		expect([...few.writes, ...share.writes, ...shown.writes]).toEqual([]);
		const { rows } = await run([{ ...items[0], maxRemovals: 1 }, items[1]], {
			continueOnFail: true,
		});
		expect(rows).toHaveLength(1);
		const report = rows[0].report as Values[];
		expect(report.every(({ status }) => status !== 'done')).toBe(true);
		expect(report.at(-1)).toMatchObject({
			action: 'summary',
			reason: expect.stringContaining('Would stop: '),
		});
	});

	it('says once, of several organizations, that it would stop, and why in each', async () => {
		const items = [...asItems('blue-kite').slice(0, 2), ...asItems('harbour-labs').slice(0, 1)];
		const { rows } = await run([
			{ ...items[0], maxRemovals: 1, syncMode: 'plan' },
			...items.slice(1),
		]);
		const summaries = rows.filter(({ action }) => action === 'summary');
		const [kite, harbour, all] = summaries.map(({ reason }) =>
			String(reason).split('Would stop: '),
		);
		expect(kite[1]).toMatch(/^2 of 4 members of blue-kite .*; Max Removals allows 1$/);
		expect(harbour[1]).toMatch(/^\d+ of \d+ members of harbour-labs .*; Max Removals allows 1$/);
		expect(all).toEqual([
			expect.stringContaining(' members in 2 organizations: '),
			`${kite[1]}; ${harbour[1]}`,
		]);
	});

	it.each(['remove', 'keep'])(
		'is stopped if it would revoke more invitations than the form allows (%s)',
		async (otherMembers) => {
			const members = asItems('blue-kite', { otherMembers });
			members[0].options = { inviteMissing: true, revokeInvitations: true };
			await run([...members, ...['a', 'b', 'c'].map((name) => item(`${name}@else.example`))]);
			const few = await run([{ ...members[0], maxRemovals: 2 }, ...members.slice(1)]);
			expect(few.error?.message).toContain('would be removed or revoked; Max Removals allows 2');
			const share = await run([{ ...members[0], maxPercent: 20 }, ...members.slice(1)]);
			expect(share.error?.message).toContain('Max % of Members allows 20 %');
			expect([...few.writes, ...share.writes]).toEqual([]);
		},
	);

	it.each([
		['403 of Clerk', 403, undefined],
		['404 of Clerk', 404, undefined],
		['402 of a proxy', 402, '<html>Payment Required</html>'],
	])('fails if the roles cannot be read: %s', async (_, status, body) => {
		clerk.addFault({ kind: 'status', path: '/organization_roles', status, body, times: 99 });
		const { error, writes } = await run(changed());
		expect(error).toBeDefined();
		expect(writes).toEqual([]);
	});

	it('continues if the plan has no custom roles', async () => {
		clerk.addFault({ kind: 'status', path: '/organization_roles', status: 402, times: 99 });
		const { rows } = await run(changed());
		expect(brief(rows)).toEqual(CHANGED.map((line) => line.replace(' ', ' done ')));
	});

	it('is stopped if an organization would lose all members, unless Allow Emptying is on', async () => {
		const items = asItems('pine-co');
		items[0].additionalFields = { organizations: ['blue-kite'] };
		const { error, writes } = await run(items);
		expect(error?.message).toContain('blue-kite has no members in the input');
		expect(writes).toEqual([]);
		items[0].options = { allowEmptying: true };
		const allowed = await run(items);
		expect(allowed.error).toBeUndefined();
		expect(membersOf('blue-kite')).toEqual([]);
		expect(membersOf('pine-co').length).toBeGreaterThan(0);
	});

	/** Returns the error of each item of a run that writes nothing. */
	const errorsOf = async (items: Values[]) => {
		const before = clerk.state.memberships.rows.length;
		const { rows, writes } = await run(items, { continueOnFail: true });
		expect(writes).toEqual([]);
		expect(clerk.state.memberships.rows).toHaveLength(before);
		return rows.map(({ error }) => String(error));
	};

	const OTHERS = 'Not carried out, because other items of the input were refused';

	it('reports the error of every item', async () => {
		const errors = await errorsOf([
			item('wes.carter@example.com'),
			item('nobody@example.com'),
			item('tove.dahl@example.com', { role: by('id', 'org:boss') }),
			item('tove.dahl@example.com', { organizationId: by('id', 'org_nowhere') }),
			item('Wes.Carter@example.com', { role: by('id', 'org:admin') }),
			item('wes.carter@example.com'),
			item('not an address'),
			item('tove.dahl@example.com', { organizationId: by('id', '..') }),
		]);
		expect(errors.map((text, at) => [at, text.includes(`[item ${at}]`)])).toEqual(
			errors.map((_, at) => [at, true]),
		);
		expect(errors.map((text) => text.replace(/ \[item \d\]$/, ''))).toEqual([
			OTHERS,
			`Email Address was not found: there is no user with the verified email address "nobody@example.com". Turn on Options → 'Invite Missing' to invite it, or remove the item`,
			'Role "org:boss" does not exist. Use one of: org:admin, org:billing, org:member',
			'Organization was not found: there is no organization with the ID or slug "org_nowhere"',
			'Email Address names a user as org:admin that item 0 names as org:member, in the same organization',
			'Email Address names a user that item 0 already names, in the same organization',
			'Email Address needs an email address such as ada@example.com, but got "not an address"',
			'Organization was not found: there is no organization with the ID or slug ".."',
		]);
	});

	it('shows items that match nothing as failed rows in a plan, beside the plan of the others', async () => {
		const items = [
			...changed(),
			item('nobody@example.com'),
			item('tove.dahl@example.com', { role: by('id', 'org:boss') }),
		];
		items[0].syncMode = 'plan';
		const { rows, error, writes } = await run(items);
		expect(error).toBeUndefined();
		expect(writes).toEqual([]);
		expect(brief(rows)).toEqual([
			...CHANGED.map((line) => line.replace(' ', ' planned ')),
			'match failed nobody@example.com',
			'match failed tove.dahl@example.com',
		]);
		expect(rows[3]).toMatchObject({
			emailAddress: 'nobody@example.com',
			organization: 'blue-kite',
			key: null,
			reason: expect.stringContaining("Turn on Options → 'Invite Missing' to invite it"),
		});
		expect(rows.at(-1)).toMatchObject({
			planId: null,
			reason: expect.stringContaining('; Would stop: 2 of the items cannot be matched'),
		});
	});

	it('reports unknown organizations of the form with the error of the first item', async () => {
		const organizations = 'nowhere, blue-kite, elsewhere';
		const [error] = await errorsOf([
			item('nobody@example.com', { additionalFields: { organizations } }),
		]);
		expect(error).toContain('Further Organizations was not found');
		expect(error).toContain('"nowhere" or "elsewhere"');
		expect(error).toContain('there is no user with the verified email address');
	});

	it.each([
		['empty', ''],
		['null', null],
		['blank', '   '],
		['an object', { a: 1 }],
	])('rejects an identifier that is %s', async (_, value) => {
		const errors = await errorsOf([item('wes.carter@example.com'), item(value)]);
		expect(errors[0]).toContain(OTHERS);
		expect(errors[1]).toMatch(/^Email Address (is empty|needs text).* \[item 1\]$/);
	});

	it.each([
		['a percentage over 100', { maxPercent: 120 }, 'Max % of Members needs a number from 0 to 100'],
		['a guard that is no number', { maxRemovals: 'many' }, 'Max Removals needs a number'],
		['a guard that is empty', { maxRemovals: '' }, 'Max Removals is empty'],
		['an unknown way to match', { matchBy: 'name' }, 'Identify Users By needs one of'],
		[
			'an unknown choice of other members',
			{ otherMembers: 'delete' },
			'Other Members needs one of',
		],
		['an empty Sync Name', { otherMembers: 'removeMarked', syncName: ' ' }, 'Sync Name is empty'],
		[
			'inviting by ID',
			{ matchBy: 'userId', options: { inviteMissing: true } },
			"Invite Missing needs 'Identify Users By' to be Email Address",
		],
		[
			'an organization of the form that does not exist',
			{ additionalFields: { organizations: 'nowhere' } },
			'Further Organizations was not found',
		],
		[
			'the marker as metadata',
			{ additionalFields: { privateMetadata: { n8nSync: null } } },
			'Private Metadata must not contain n8nSync',
		],
	])('rejects %s', async (_, values, complaint) => {
		const [error] = await errorsOf([item('wes.carter@example.com', values)]);
		expect(error).toContain(complaint);
	});

	it('finds no user by an unverified address, unless Match Unverified is on', async () => {
		const [wes] = clerk.state.users.where('email_address', 'wes.carter@example.com');
		const [address] = wes.email_addresses;
		clerk.state.users.update(wes, { email_addresses: [{ ...address, verification: null }] });
		const keep = { otherMembers: 'keep' };
		const [error] = await errorsOf([item('wes.carter@example.com', keep)]);
		expect(error).toContain('there is no user with the verified email address');
		const options = { matchUnverified: true };
		const { rows } = await run([item('wes.carter@example.com', { ...keep, options })]);
		expect(brief(rows)).toEqual(['add done wes.carter']);
	});
});

const COUNT = 10_000;

const FAULTS: Array<Parameters<Clerk['addFault']>[0]> = [
	{ kind: 'status', status: 500, times: 5, skip: 3 },
	{ kind: 'reset', method: 'GET', times: 3, skip: 10 },
	{ kind: 'truncate', method: 'GET', times: 2, skip: 20 },
	{ kind: 'reset', method: 'POST', times: 3, skip: 2, when: 'after' },
	{ kind: 'status', status: 503, method: 'POST', times: 3, skip: 8 },
	{ kind: 'reset', method: 'DELETE', times: 3, when: 'after' },
	{ kind: 'truncate', method: 'PATCH', times: 2, skip: 1 },
];

describe(`Organization Membership: Sync, of ${COUNT} members`, () => {
	beforeEach(async () => {
		await start({ seed: { users: COUNT + 25 } });
		const { state } = clerk;
		const acme = newOrganization(state, { name: 'Acme', max_allowed_memberships: 0 });
		state.organizations.insert(acme);
		state.users.rows.slice(0, COUNT).forEach(({ id }, index) => {
			const role = index === 0 ? 'org:admin' : 'org:member';
			state.memberships.insert(
				newMembership(state, { organization_id: acme.id, user_id: id, role }),
			);
		});
	});

	/** Without the last 20 members, with 25 new ones, and 10 with another role: 55 differences. */
	const wanted = () =>
		clerk.state.users.rows
			.filter((_, at) => at < COUNT - 20 || at >= COUNT)
			.map(({ email_addresses: [address] }, at) =>
				item(address.email_address, {
					organizationId: by('slug', 'acme'),
					role: by('id', at <= 10 ? 'org:admin' : 'org:member'),
					maxPercent: 1,
				}),
			);

	const countRoles = () => {
		const counts = new Map<string, number>();
		for (const { role } of membershipsOf('acme')) counts.set(role, (counts.get(role) ?? 0) + 1);
		return Object.fromEntries(counts);
	};

	it.each([
		['with the limit of a development key', {}, false],
		['with a limit that other clients use too', { limit: 40 }, false],
		['with failing requests', { limit: 60 }, true],
	])('reads whole pages and writes only the differences, %s', async (_, limit, isFailing) => {
		clerk.setRateLimit(limit);
		const faults = isFailing ? FAULTS.map((fault) => clerk.addFault(fault)) : [];
		const items = wanted();
		const first = await run(items);
		expect(first.error?.description).toBeUndefined();
		expect(first.rows.at(-1)).toMatchObject({ wanted: COUNT + 5, members: COUNT });
		expect(first.rows.slice(0, -1).filter(({ status }) => status !== 'done')).toEqual([]);
		expect(first.rows).toHaveLength(1 + 55);
		expect(countRoles()).toEqual({ 'org:admin': 11, 'org:member': COUNT + 5 - 11 });
		if (!isFailing) {
			const succeeded = first.sent.filter(({ status }) => status === 200);
			expect(succeeded.filter(({ method }) => method !== 'GET')).toHaveLength(55);
			// The organization, the roles, the directories, and the users who are not members yet; members
			// and users, each in 20 pages that are read side by side, with at most a quarter and five more.
			const reads = succeeded.filter(({ method }) => method === 'GET').length;
			expect(reads).toBeGreaterThanOrEqual(4 + 20 + 20);
			expect(reads).toBeLessThanOrEqual(4 + 21 + 1.25 * 20 + 5);
		}
		expect(faults.map(({ hits }) => hits)).toEqual(faults.map(({ times }) => times));
		const again = await run(items);
		expect(again.writes).toEqual([]);
		expect(again.rows).toHaveLength(1);
	});
});

it('Organization Membership: Sync ends as wanted after a failure half way and a second run, with nothing done twice', async () => {
	await start({ seed: { users: 40 } });
	const { state } = clerk;
	state.organizations.insert(newOrganization(state, { name: 'Acme', max_allowed_memberships: 0 }));
	const items = state.users.rows.map(({ id }) =>
		item(id, { organizationId: by('slug', 'acme'), matchBy: 'userId' }),
	);
	clerk.addFault({ kind: 'status', status: 403, method: 'POST', times: 100, skip: 17 });
	const broken = await run(items);
	expect(broken.error?.message).toContain('23 of 40 actions were not carried out');
	expect(broken.error?.description).toContain('Carried out: 17, skipped: 0. Run it again');
	clerk.clearFaults();
	const { rows, writes } = await run(items);
	expect(rows).toHaveLength(1 + 23);
	expect(writes).toHaveLength(23);
	expect(new Set(membershipsOf('acme').map((one) => one.user_id)).size).toBe(40);
	expect(membershipsOf('acme')).toHaveLength(40);
});
