import { fakeClock } from '../support/fakeClock';
import { limits } from '../../nodes/Clerk/resources/limits';
import { response, run } from '../support/scripted';

const HOUR = 3_600_000;

// Each test starts with free rate limits.
beforeEach(async () => await fakeClock.wait(HOUR));

describe('limits.forRequest', () => {
	it.each([
		['POST', '/invitations', 100],
		['POST', '/invitations/bulk', 25],
		['POST', '/organizations/org_1/invitations', 250],
		['POST', '/organizations/org_1/invitations/bulk', 50],
	] as const)('%s %s is limited to %i an hour', (method, path, maxRequests) => {
		expect(limits.forRequest(method, path)?.limit).toMatchObject({ maxRequests, windowMs: HOUR });
	});

	it.each([
		['PATCH', '/users/user_1', 'user'],
		['PATCH', '/users/user_1/metadata', 'user'],
		['PUT', '/users/user_1/metadata', 'user'],
		['PATCH', '/organizations/org_1', 'organization'],
		['PATCH', '/organizations/org_1/metadata', 'organization'],
		['PUT', '/organizations/org_1/metadata', 'organization'],
		['PATCH', '/organizations/org_1/memberships/user_1', 'membership'],
		['PATCH', '/organizations/org_1/memberships/user_1/metadata', 'membership'],
	] as const)('%s %s is one of 10 updates of one %s in 10 s', (method, path, record) => {
		const name = `10 updates of one ${record} in 10 seconds`;
		const limit = { name, maxRequests: 10, windowMs: 10_000 };
		expect(limits.forRequest(method, path)?.limit).toEqual(limit);
	});

	it('counts the updates of each record and of its metadata together', () => {
		const countedBy = (path: string) => limits.forRequest('PATCH', path)?.countedBy;
		const records = [
			'/users/user_1',
			'/organizations/org_1',
			'/organizations/org_2',
			'/organizations/org_1/memberships/user_1',
			'/organizations/org_1/memberships/user_2',
			'/organizations/org_2/memberships/user_1',
		];
		expect(records.map((path) => countedBy(`${path}/metadata`))).toEqual(records.map(countedBy));
		expect(new Set(records.map(countedBy)).size).toBe(records.length);
	});

	it('counts four kinds of invitations separately, and all organizations together', () => {
		const countedBy = (path: string) => limits.forRequest('POST', path)?.countedBy;
		const paths = ['/invitations', '/organizations/org_1/invitations'];
		const kinds = paths.flatMap((path) => [countedBy(path), countedBy(`${path}/bulk`)]);
		expect(new Set(kinds).size).toBe(4);
		expect(countedBy('/organizations/org_2/invitations')).toBe(kinds[2]);
	});

	it.each([
		['GET', '/invitations'],
		['GET', '/organizations/org_1/invitations'],
		['POST', '/invitations/inv_1/revoke'],
		['POST', '/organizations/org_1/invitations/orginv_1/revoke'],
		['POST', '/organizations/org_1/memberships'],
		['DELETE', '/organizations/org_1/memberships/user_1'],
		['PUT', '/organizations/org_1/logo'],
		['PATCH', '/organizations/org_1/domains/orgdmn_1'],
		['DELETE', '/organizations/org_1'],
		['GET', '/organizations/org_1'],
	] as const)('%s %s has no specific limit', (method, path) => {
		expect(limits.forRequest(method, path)).toBeUndefined();
	});
});

/** Responds with the body of the request. */
const echo = ({ body }: { body?: unknown }) => response(200, JSON.parse(String(body)));

const invite = (resource: string, operation: string, count: number) =>
	Array.from({ length: count }, (_, index) => ({
		resource,
		operation,
		organizationId: { __rl: true, mode: 'id', value: `org_${index % 3}` },
		emailAddress: `guest${index}@example.com`,
		role: { __rl: true, mode: 'id', value: 'org:member' },
		options: {},
	}));

describe('a run that exceeds an hourly limit', () => {
	it.each([
		['invitation', 'create', 102, 100, '100 invitations an hour', 2],
		['invitation', 'createMany', 255, 25, '25 calls with many invitations an hour', 5],
		['organizationInvitation', 'create', 252, 250, '250 organization invitations an hour', 2],
	])(
		'of %s.%s sends what the limit allows, and reports the remaining items',
		async (resource, operation, items, sent, limit, remaining) => {
			const { fault, lines } = await run({ parameters: invite(resource, operation, items) }, echo);
			expect(lines).toHaveLength(sent);
			expect(fault.message).toContain(limit);
			expect(fault.description).toContain(`${remaining} of ${items} items are left`);
		},
	);

	it('can be continued an hour later', async () => {
		await run({ parameters: invite('invitation', 'create', 101) }, echo);
		await fakeClock.wait(HOUR);
		const { fault, lines } = await run({ parameters: invite('invitation', 'create', 5) }, echo);
		expect([fault, lines.length]).toEqual([undefined, 5]);
	});
});
