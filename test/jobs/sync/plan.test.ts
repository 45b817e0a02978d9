import * as fc from 'fast-check';

import type { ClerkRecord } from '../../../nodes/Clerk/engine/operation';
import { rowOf } from '../../../nodes/Clerk/jobs/shared/actions';
import { isObject } from '../../../nodes/Clerk/engine/operation/json';
import { mergedMetadata } from '../../../nodes/Clerk/jobs/shared/metadata';
import { planOrganization } from '../../../nodes/Clerk/jobs/sync/plan';
import { objectionTo } from '../../../nodes/Clerk/jobs/sync/guards';
import { MARKER_KEY, PHASES } from '../../../nodes/Clerk/jobs/sync/state';
import type {
	Member,
	OrganizationState,
	Settings,
	SyncAction,
	WantedMember,
} from '../../../nodes/Clerk/jobs/sync/state';

/** The plan of a sync, for every organization and every list of who is wanted. */

const ADMIN_ROLES = new Set(['org:admin', 'org:boss']);
const role = fc.constantFrom('org:admin', 'org:boss', 'org:member', 'org:guest');
const ids = ['u0', 'u1', 'u2', 'u3', 'u4', 'u5', 'u6'];
const addresses = ['a@x.example', 'b@x.example', 'c@managed.example'];

const value = fc.constantFrom<unknown>(1, 'a', null, [1], { b: null }, { b: { c: 2 } }, {});
const metadata = fc.dictionary(fc.constantFrom('k', 'l', '__proto__', 'constructor'), value, {
	maxKeys: 3,
});
const stored = metadata.map((given) => mergedMetadata({}, given));
const marks = fc.constantFrom<ClerkRecord>(
	{},
	{ [MARKER_KEY]: { hr: true } },
	{ [MARKER_KEY]: { crm: true } },
	{ [MARKER_KEY]: { hr: true, crm: true } },
	{ [MARKER_KEY]: 'by hand' },
);

const member = fc.record({
	userId: fc.constantFrom(...ids),
	role,
	isActive: fc.boolean(),
	publicMetadata: stored,
	privateMetadata: fc.tuple(stored, marks).map(([own, mark]) => ({ ...own, ...mark })),
	since: fc.nat({ max: 3 }),
});

const invitation = fc.record({
	id: fc.uuid(),
	emailAddress: fc.constantFrom(...addresses),
	role,
	privateMetadata: marks,
});

const organization: fc.Arbitrary<OrganizationState> = fc.record({
	id: fc.constant('org_1'),
	slug: fc.constant('acme'),
	members: fc.uniqueArray(member, { selector: ({ userId }) => userId }),
	invitations: fc.uniqueArray(invitation, { selector: ({ emailAddress }) => emailAddress }),
});

const optional = fc.option(metadata, { nil: undefined });

const wantedMembers: fc.Arbitrary<WantedMember[]> = fc
	.uniqueArray(
		fc.record({
			item: fc.nat(),
			value: fc.constantFrom(...ids, ...addresses),
			isActive: fc.boolean(),
			role,
			publicMetadata: optional,
			privateMetadata: optional,
		}),
		{ selector: (one) => one.value },
	)
	.map((all) =>
		all.map((one) => ({ ...one, userId: ids.includes(one.value) ? one.value : undefined })),
	);

const MANAGED = 'u6';

const settings: fc.Arbitrary<Settings> = fc.record({
	otherMembers: fc.constantFrom('remove' as const, 'removeMarked' as const, 'keep' as const),
	marker: fc.constant('hr'),
	revokeInvitations: fc.boolean(),
	allowEmptying: fc.boolean(),
	adminRoles: fc.constant(ADMIN_ROLES),
	managed: fc.constant((id: string) => (id === MANAGED ? 'managed' : undefined)),
	managedAddress: fc.constant((address: string) =>
		address.endsWith('@managed.example') ? 'managed' : undefined,
	),
});

/** Clerk, as far as a plan goes. */
function carriedOut(
	before: OrganizationState,
	actions: SyncAction[],
	active: (id: string) => boolean,
): OrganizationState {
	const members = new Map(before.members.map((one) => [one.userId, { ...one }]));
	const invitations = new Map(before.invitations.map((one) => [one.id, one]));
	const isDone = ({ isSkipped, requests }: SyncAction) => !isSkipped && requests.length > 0;
	const inOrder = PHASES.flatMap((phase) => actions.filter((one) => one.phase === phase));
	for (const { method, path, body = {} } of inOrder.filter(isDone).flatMap((one) => one.requests)) {
		const [, kind, id, what] = path.replace('/organizations/org_1', '').split('/');
		const given = body as Record<string, ClerkRecord> & { role: string };
		if (kind === 'invitations' && what === 'revoke') {
			expect(invitations.delete(id)).toBe(true);
		} else if (kind === 'invitations') {
			const emailAddress = String(body.email_address);
			expect([...invitations.values()].map((one) => one.emailAddress)).not.toContain(emailAddress);
			const privateMetadata = given.private_metadata ?? {};
			const made = { id: `new ${emailAddress}`, emailAddress, role: given.role, privateMetadata };
			invitations.set(made.id, made);
		} else if (method === 'POST') {
			const userId = String(body.user_id);
			expect(members.has(userId)).toBe(false);
			members.set(userId, {
				userId,
				role: given.role,
				isActive: active(userId),
				publicMetadata: given.public_metadata ?? {},
				privateMetadata: given.private_metadata ?? {},
				since: 9,
			});
		} else if (method === 'DELETE') {
			expect(members.delete(id)).toBe(true);
		} else {
			const one = members.get(id)!;
			if (what === undefined) one.role = given.role;
			one.publicMetadata = mergedMetadata(one.publicMetadata, given.public_metadata ?? {});
			one.privateMetadata = mergedMetadata(one.privateMetadata, given.private_metadata ?? {});
		}
	}
	return { ...before, members: [...members.values()], invitations: [...invitations.values()] };
}

const isAdmin = (one: Member) => one.isActive && ADMIN_ROLES.has(one.role);
const namesOf = (one?: Member) => {
	const found = one?.privateMetadata[MARKER_KEY];
	return isObject(found) ? Object.keys(found) : [];
};

const forEvery = (
	check: (given: {
		before: OrganizationState;
		wanted: WantedMember[];
		terms: Settings;
		actions: SyncAction[];
		after: OrganizationState;
		again: SyncAction[];
	}) => void,
) =>
	fc.assert(
		fc.property(organization, wantedMembers, settings, (before, given, terms) => {
			// Whether somebody is banned is one fact of theirs, whoever tells it.
			const known = new Map(before.members.map((one) => [one.userId, one.isActive]));
			const wanted = given.map((one) => ({
				...one,
				isActive: known.get(one.value) ?? one.isActive,
			}));
			const active = (id: string) => wanted.find((one) => one.userId === id)?.isActive ?? true;
			const actions = planOrganization(before, wanted, terms);
			const after = carriedOut(before, actions, active);
			check({
				before,
				wanted,
				terms,
				actions,
				after,
				again: planOrganization(after, wanted, terms),
			});
		}),
		{ numRuns: 500 },
	);

const skippedFor = (actions: SyncAction[], target: string, ...kinds: string[]) =>
	actions.some((one) => one.isSkipped && one.target === target && kinds.includes(one.action));

describe('the plan of a sync', () => {
	it('makes every wanted user a member, with the role and the metadata', () => {
		forEvery(({ wanted, actions, after }) => {
			const members = new Map(after.members.map((one) => [one.userId, one]));
			for (const { userId, role: asked, publicMetadata = {}, privateMetadata = {} } of wanted) {
				if (userId === undefined || userId === MANAGED) continue;
				const one = members.get(userId)!;
				if (!skippedFor(actions, userId, 'changeRole')) expect(one.role).toBe(asked);
				expect(mergedMetadata(one.publicMetadata, publicMetadata)).toEqual(one.publicMetadata);
				expect(mergedMetadata(one.privateMetadata, privateMetadata)).toEqual(one.privateMetadata);
			}
		});
	});

	it('removes whom nobody wants, keeps them, or removes those that this sync added', () => {
		forEvery(({ before, wanted, terms, actions, after }) => {
			const left = new Set(after.members.map(({ userId }) => userId));
			const asked = new Set(wanted.map(({ userId }) => userId));
			for (const one of before.members.filter(({ userId }) => !asked.has(userId))) {
				const names = namesOf(one);
				const goes =
					terms.otherMembers === 'remove' ||
					(terms.otherMembers === 'removeMarked' && names.join() === 'hr');
				const stays = !goes || skippedFor(actions, one.userId, 'remove');
				expect([one.userId, left.has(one.userId)]).toEqual([one.userId, stays]);
			}
		});
	});

	it('marks whom it adds, and nobody who was added by hand', () => {
		forEvery(({ before, terms, after }) => {
			const known = new Map(before.members.map((one) => [one.userId, one]));
			for (const one of after.members) {
				const old = known.get(one.userId);
				const isMarked = namesOf(one).includes('hr');
				if (!old) expect(isMarked).toBe(terms.otherMembers === 'removeMarked');
				else if (namesOf(old).length === 0) expect(isMarked).toBe(false);
			}
		});
	});

	it('once carried out, has nothing left to do', () => {
		forEvery(({ again }) => expect(again.filter(({ isSkipped }) => !isSkipped)).toEqual([]));
	});

	it('never leaves an organization with members and without the admin it had', () => {
		forEvery(({ before, after, wanted, terms }) => {
			if (!before.members.some(isAdmin)) return;
			const isEmptied = wanted.length === 0 && terms.allowEmptying && after.members.length === 0;
			expect(isEmptied || after.members.some(isAdmin)).toBe(true);
		});
	});

	it('appoints before it takes away: at no step is the organization without an admin', () => {
		forEvery(({ before, wanted, actions, after }) => {
			if (!before.members.some(isAdmin) || after.members.length === 0) return;
			const appointed = actions.filter(({ phase }) => phase === 'appoint');
			const active = (id: string) => wanted.find((one) => one.userId === id)?.isActive ?? true;
			const then = carriedOut(before, appointed, active);
			const taken = actions.filter(({ takesAdmin }) => takesAdmin);
			expect(carriedOut(then, taken, active).members.some(isAdmin)).toBe(true);
		});
	});

	it('touches nobody whom a directory is in charge of', () => {
		forEvery(({ before, actions, after }) => {
			const one = ({ members }: OrganizationState) =>
				members.find(({ userId }) => userId === MANAGED);
			expect(one(after)).toEqual(one(before));
			expect(
				actions.filter(
					(each) =>
						each.target.endsWith('@managed.example') && each.action !== 'revoke' && !each.isSkipped,
				),
			).toEqual([]);
		});
	});

	it('invites whom nobody knows, and revokes what nobody wants, where it may', () => {
		forEvery(({ before, wanted, terms, actions, after }) => {
			const pending = new Map(after.invitations.map((one) => [one.emailAddress, one]));
			const invited = wanted.filter(({ userId }) => userId === undefined);
			for (const { value: address, role: asked } of invited) {
				if (skippedFor(actions, address, 'invite', 'reinvite')) continue;
				expect(pending.get(address)?.role).toBe(asked);
			}
			const others = before.invitations.filter(
				(one) => !invited.some(({ value: address }) => address === one.emailAddress),
			);
			for (const one of others) {
				const isOurs =
					terms.otherMembers !== 'removeMarked' ||
					'hr' in
						(isObject(one.privateMetadata[MARKER_KEY]) ? one.privateMetadata[MARKER_KEY] : {});
				expect(pending.has(one.emailAddress)).toBe(!(terms.revokeInvitations && isOurs));
			}
		});
	});
});

describe('the guards of a sync', () => {
	const bounds = fc.record({ count: fc.nat({ max: 4 }), percent: fc.nat({ max: 100 }) });

	it('let nothing through that removes too many, or all because nobody is wanted', () => {
		fc.assert(
			fc.property(organization, wantedMembers, settings, bounds, (state, wanted, terms, most) => {
				const actions = planOrganization(state, wanted, terms);
				const planned = actions.map(rowOf);
				const stopped = objectionTo(
					{ state, wanted, actions },
					{ ...terms, bounds: most },
					planned,
				);
				const done = stopped ? [] : actions.filter(({ isSkipped }) => !isSkipped);
				const removed = done.filter(({ action }) => action === 'remove').length;
				expect(removed).toBeLessThanOrEqual(most.count);
				expect(removed * 100).toBeLessThanOrEqual(most.percent * state.members.length);
				const lost = removed + done.filter(({ action }) => action === 'revoke').length;
				const { members, invitations } = state;
				expect(lost).toBeLessThanOrEqual(most.count);
				expect(lost * 100).toBeLessThanOrEqual(
					most.percent * (members.length + invitations.length),
				);
				if (wanted.length === 0 && !terms.allowEmptying) expect(done).toEqual([]);
				if (stopped) expect(stopped.report).toHaveLength(actions.length);
			}),
			{ numRuns: 500 },
		);
	});
});
