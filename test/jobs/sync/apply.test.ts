import * as fc from 'fast-check';

import { RequestError } from '../../../nodes/Clerk/engine/http/outcome';
import type { ApiRequest, OperationContext } from '../../../nodes/Clerk/engine/operation';
import { applyPhases } from '../../../nodes/Clerk/jobs/sync/apply';
import type { OrganizationState, WantedMember } from '../../../nodes/Clerk/jobs/sync/model';
import { planOrganization } from '../../../nodes/Clerk/jobs/sync/plan';

const ADMIN = 'org:admin';
const ids = ['u0', 'u1', 'u2', 'u3', 'u4', 'u5'];
const addresses = ['a@x.example', 'b@x.example', 'c@x.example'];
const role = fc.constantFrom(ADMIN, 'org:member');

/** An organization, what is wanted in it, and how Clerk responds. */
const world = fc.record({
	members: fc.uniqueArray(fc.record({ userId: fc.constantFrom(...ids), role }), {
		selector: ({ userId }) => userId,
	}),
	invited: fc.uniqueArray(fc.constantFrom(...addresses)),
	wanted: fc.uniqueArray(fc.record({ value: fc.constantFrom(...ids, ...addresses), role }), {
		selector: ({ value }) => value,
		minLength: 1,
	}),
	/** Clerk rejects whoever is added or invited by these values. */
	rejected: fc.uniqueArray(fc.constantFrom(...ids, ...addresses), { maxLength: 2 }),
	/** Free places of the organization before the run. */
	free: fc.constantFrom(0, 0, 1, 2, Infinity),
});

type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

const rejection = (status: number, code: string) =>
	new RequestError({
		kind: 'response',
		status,
		body: { errors: [{ code, message: code }] },
		request: { method: 'POST', path: '/x' },
	});

/** Clerk, as far as a sync writes to it. Notes each number of places, and whether there is an admin. */
class Simulation {
	readonly members: Map<string, string>;

	readonly invitations: Map<string, string>;

	readonly limit: number;

	readonly removed: string[] = [];

	adminless = 0;

	constructor(private readonly given: World) {
		this.members = new Map(given.members.map((one) => [one.userId, one.role]));
		this.invitations = new Map(given.invited.map((address) => [address, 'org:member']));
		this.limit = this.places + given.free;
	}

	get places(): number {
		return this.members.size + this.invitations.size;
	}

	get hasAdmin(): boolean {
		return [...this.members.values()].includes(ADMIN);
	}

	send({ method, path, body = {} }: ApiRequest): void {
		const [, kind, id, what] = path
			.replace('/organizations/org_1', '')
			.split('/')
			.map(decodeURIComponent);
		const value = String(body.user_id ?? body.email_address);
		if (method === 'DELETE') {
			this.members.delete(id);
			this.removed.push(id);
		} else if (what === 'revoke') {
			this.invitations.delete(id);
			this.removed.push(id);
		} else if (method === 'POST') {
			if (this.given.rejected.includes(value)) throw rejection(422, 'form_param_format_invalid');
			if (this.places >= this.limit) {
				throw rejection(403, 'organization_membership_quota_exceeded');
			}
			const list = kind === 'memberships' ? this.members : this.invitations;
			expect(list.has(value)).toBe(false);
			list.set(value, String(body.role));
		} else if (what === undefined) {
			this.members.set(id, String(body.role));
		}
		if (!this.hasAdmin) this.adminless++;
	}
}

async function sync(given: World) {
	const clerk = new Simulation(given);
	const state: OrganizationState = {
		id: 'org_1',
		slug: 'acme',
		members: given.members.map((one, since) => ({
			...one,
			name: null,
			emailAddress: null,
			identifier: null,
			isActive: true,
			publicMetadata: {},
			privateMetadata: {},
			since,
		})),
		invitations: given.invited.map((address) => ({
			id: address,
			emailAddress: address,
			role: 'org:member',
			privateMetadata: {},
		})),
	};
	const wanted = given.wanted.map((one, item): WantedMember => ({
		...one,
		name: null,
		emailAddress: null,
		item,
		isActive: ids.includes(one.value),
		userId: ids.includes(one.value) ? one.value : undefined,
	}));
	const actions = planOrganization(state, wanted, {
		otherMembers: 'remove',
		marker: 'hr',
		revokeInvitations: true,
		allowEmptying: false,
		adminRoles: new Set([ADMIN]),
		reasonIfManaged: () => undefined,
		reasonIfAddressManaged: () => undefined,
	});
	const context = {
		send: async (request: ApiRequest) => {
			await Promise.resolve();
			clerk.send(request);
			return {};
		},
		forEachConcurrently: async <T>(items: T[], work: (item: T) => Promise<void>) => {
			for (const item of items) await work(item);
		},
		remainingFor: () => undefined,
	} as unknown as OperationContext;
	const rows = await applyPhases(actions, context);
	return { clerk, actions, rows, wanted };
}

const forEvery = async (check: (run: Awaited<ReturnType<typeof sync>>, given: World) => void) =>
	await fc.assert(
		fc.asyncProperty(world, async (given) => check(await sync(given), given)),
		{ numRuns: 500 },
	);

const ADDITIONS = ['add', 'invite', 'reinvite'];

describe('applyPhases, for any organization and any rejections', () => {
	it('removes no member and no invitation where an addition was rejected', async () => {
		await forEvery(({ clerk, actions, rows }, { rejected }) => {
			const wasRejected = rows.some(
				({ action, target }) => ADDITIONS.includes(action) && rejected.includes(target),
			);
			if (!wasRejected) return;
			// A new invitation first revokes the old one, whose place it takes.
			const renewed = actions
				.filter(({ action }) => action === 'reinvite')
				.map(({ target }) => target);
			expect(clerk.removed.filter((id) => !renewed.includes(id))).toEqual([]);
			for (const [at, { action, status, reason }] of rows.entries()) {
				if (!['remove', 'revoke'].includes(action)) continue;
				expect(status).toBe('skipped');
				if (!actions[at].isSkipped) expect(reason).toMatch(/^(Held back|Not every new admin)/);
			}
		});
	});

	it('does all of the plan where nothing was rejected and all fit in the end', async () => {
		await forEvery(({ clerk, actions, rows, wanted }, { rejected }) => {
			const isRejected = ({ action, target }: { action: string; target: string }) =>
				ADDITIONS.includes(action) && rejected.includes(target);
			const kept = actions.filter(({ action, isSkipped }) => action === 'remove' && isSkipped);
			if (rows.some(isRejected) || wanted.length + kept.length > clerk.limit) return;
			const open = [...actions.keys()].filter(
				(at) => !actions[at].isSkipped && rows[at].status !== 'done',
			);
			// Only a new admin without a place holds something up: the present admins, in whose place they would be.
			const isStuck = open.some((at) => actions[at].phase === 'appoint');
			const held = open.filter((at) => rows[at].status !== 'failed');
			expect(isStuck || open.length === 0).toBe(true);
			expect(held.filter((at) => !actions[at].removesAdmin)).toEqual([]);
			expect(clerk.places).toBe(isStuck ? clerk.limit : wanted.length + kept.length);
		});
	});

	it('never has more places taken than there are, nor loses the last admin', async () => {
		await forEvery(({ clerk }, { members }) => {
			expect(clerk.places).toBeLessThanOrEqual(clerk.limit);
			if (members.some((one) => one.role === ADMIN)) expect(clerk.adminless).toBe(0);
		});
	});

	it('gives each action a row that was decided', async () => {
		await forEvery(({ actions, rows }) => {
			expect(rows.map(({ action, target }) => [action, target])).toEqual(
				actions.map(({ action, target }) => [action, target]),
			);
			expect(rows.filter(({ status }) => status === 'planned')).toEqual([]);
		});
	});
});
