import { fakeClock } from '../support/fakeClock';
import { limits } from '../../nodes/Clerk/resources/limits';
import { answer, run } from '../support/scripted';

const HOUR = 3_600_000;

// Each test starts where no window counts any more.
beforeEach(async () => await fakeClock.wait(HOUR));

describe('the limit of a request', () => {
	it.each([
		['POST', '/invitations', 100],
		['POST', '/invitations/bulk', 25],
		['POST', '/organizations/org_1/invitations', 250],
		['POST', '/organizations/org_1/invitations/bulk', 50],
	] as const)('%s %s is %i an hour', (method, path, maxRequests) => {
		expect(limits.ofRequest(method, path)?.limit).toMatchObject({ maxRequests, windowMs: HOUR });
	});

	it('counts the four kinds of invitations apart, and all organizations together', () => {
		const countedBy = (path: string) => limits.ofRequest('POST', path)?.countedBy;
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
	] as const)('%s %s is only that of the key', (method, path) => {
		expect(limits.ofRequest(method, path)).toBeUndefined();
	});
});

/** A Clerk that answers with what it was sent. */
const taken = ({ body }: { body?: unknown }) => answer(200, JSON.parse(String(body)));

const invite = (resource: string, operation: string, count: number) =>
	Array.from({ length: count }, (_, index) => ({
		resource,
		operation,
		organizationId: { __rl: true, mode: 'id', value: `org_${index % 3}` },
		emailAddress: `guest${index}@example.com`,
		role: { __rl: true, mode: 'id', value: 'org:member' },
		options: {},
	}));

describe('a run that comes to the limit of an hour', () => {
	it.each([
		['invitation', 'create', 102, 100, '100 invitations an hour', 2],
		['invitation', 'createMany', 255, 25, '25 calls with many invitations an hour', 5],
		['organizationInvitation', 'create', 252, 250, '250 organization invitations an hour', 2],
	])(
		'of %s.%s sends what the limit lets through, and says what is left',
		async (resource, operation, items, sent, limit, left) => {
			const { fault, lines } = await run({ parameters: invite(resource, operation, items) }, taken);
			expect(lines).toHaveLength(sent);
			expect(fault.message).toContain(limit);
			expect(fault.description).toContain(`${left} of ${items} items are left`);
		},
	);

	it('goes on an hour later', async () => {
		await run({ parameters: invite('invitation', 'create', 101) }, taken);
		await fakeClock.wait(HOUR);
		const { fault, lines } = await run({ parameters: invite('invitation', 'create', 5) }, taken);
		expect([fault, lines.length]).toEqual([undefined, 5]);
	});
});
