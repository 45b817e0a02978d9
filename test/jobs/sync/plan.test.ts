import * as fc from 'fast-check';

import type { ClerkRecord } from '../../../nodes/Clerk/engine/operation';
import { isObject } from '../../../nodes/Clerk/engine/operation/values';
import { mergeMetadata } from '../../../nodes/Clerk/jobs/shared/metadata';
import { toReportRow } from '../../../nodes/Clerk/jobs/shared/report';
import { checkSync } from '../../../nodes/Clerk/jobs/sync/guards';
import { MARKER_KEY, PHASES } from '../../../nodes/Clerk/jobs/sync/model';
import type {
	Member,
	OrganizationState,
	PlanOptions,
	SyncAction,
	WantedMember,
} from '../../../nodes/Clerk/jobs/sync/model';
import { planOrganization } from '../../../nodes/Clerk/jobs/sync/plan';

const ADMIN_ROLES = new Set(['org:admin', 'org:boss']);
const role = fc.constantFrom('org:admin', 'org:boss', 'org:member', 'org:guest');
const ids = ['u0', 'u1', 'u2', 'u3', 'u4', 'u5', 'u6'];
const addresses = ['a@x.example', 'b@x.example', 'c@managed.example'];

const value = fc.constantFrom<unknown>(1, 'a', null, [1], { b: null }, { b: { c: 2 } }, {});
const metadata = fc.dictionary(fc.constantFrom('k', 'l', '__proto__', 'constructor'), value, {
	maxKeys: 3,
});
const stored = metadata.map((value) => mergeMetadata({}, value));
const marks = fc.constantFrom<ClerkRecord>(
	{},
	{ [MARKER_KEY]: { hr: true } },
	{ [MARKER_KEY]: { crm: true } },
	{ [MARKER_KEY]: { hr: true, crm: true } },
	{ [MARKER_KEY]: 'by hand' },
);

const member = fc.record({
	userId: fc.constantFrom(...ids),
	identifier: fc.constantFrom(null, ...addresses),
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

const anyOptions: fc.Arbitrary<PlanOptions> = fc.record({
	otherMembers: fc.constantFrom('remove' as const, 'removeMarked' as const, 'keep' as const),
	marker: fc.constant('hr'),
	revokeInvitations: fc.boolean(),
	allowEmptying: fc.boolean(),
	adminRoles: fc.constant(ADMIN_ROLES),
	reasonIfManaged: fc.constant((id: string) => (id === MANAGED ? 'managed' : undefined)),
	reasonIfAddressManaged: fc.constant((address: string) =>
		address.endsWith('@managed.example') ? 'managed' : undefined,
	),
});

/** Does what Clerk would do with the requests of a plan. */
function applyPlan(
	before: OrganizationState,
	actions: SyncAction[],
	isActive: (id: string) => boolean,
): OrganizationState {
	const members = new Map(before.members.map((one) => [one.userId, { ...one }]));
	const invitations = new Map(before.invitations.map((one) => [one.id, one]));
	const isDue = ({ isSkipped, requests }: SyncAction) => !isSkipped && requests.length > 0;
	const inOrder = PHASES.flatMap((phase) => actions.filter((one) => one.phase === phase));
	for (const { method, path, body = {} } of inOrder.filter(isDue).flatMap((one) => one.requests)) {
		const [, kind, id, what] = path.replace('/organizations/org_1', '').split('/');
		const fields = body as Record<string, ClerkRecord> & { role: string };
		if (kind === 'invitations' && what === 'revoke') {
			expect(invitations.delete(id)).toBe(true);
		} else if (kind === 'invitations') {
			const emailAddress = String(body.email_address);
			expect([...invitations.values()].map((one) => one.emailAddress)).not.toContain(emailAddress);
			const privateMetadata = fields.private_metadata ?? {};
			const made = { id: `new ${emailAddress}`, emailAddress, role: fields.role, privateMetadata };
			invitations.set(made.id, made);
		} else if (method === 'POST') {
			const userId = String(body.user_id);
			expect(members.has(userId)).toBe(false);
			members.set(userId, {
				userId,
				identifier: null,
				role: fields.role,
				isActive: isActive(userId),
				publicMetadata: fields.public_metadata ?? {},
				privateMetadata: fields.private_metadata ?? {},
				since: 9,
			});
		} else if (method === 'DELETE') {
			expect(members.delete(id)).toBe(true);
		} else {
			const one = members.get(id)!;
			if (what === undefined) one.role = fields.role;
			one.publicMetadata = mergeMetadata(one.publicMetadata, fields.public_metadata ?? {});
			one.privateMetadata = mergeMetadata(one.privateMetadata, fields.private_metadata ?? {});
		}
	}
	return { ...before, members: [...members.values()], invitations: [...invitations.values()] };
}

const isAdmin = (one: Member) => one.isActive && ADMIN_ROLES.has(one.role);
const markersOf = (one?: Member) => {
	const found = one?.privateMetadata[MARKER_KEY];
	return isObject(found) ? Object.keys(found) : [];
};

const forEvery = (
	check: (given: {
		before: OrganizationState;
		wanted: WantedMember[];
		options: PlanOptions;
		actions: SyncAction[];
		after: OrganizationState;
		again: SyncAction[];
	}) => void,
) =>
	fc.assert(
		fc.property(organization, wantedMembers, anyOptions, (before, given, options) => {
			// A user is active or not, in the membership and in the wanted list alike.
			const known = new Map(before.members.map((one) => [one.userId, one.isActive]));
			const wanted = given.map((one) => ({
				...one,
				isActive: known.get(one.value) ?? one.isActive,
			}));
			const isActive = (id: string) => wanted.find((one) => one.userId === id)?.isActive ?? true;
			const actions = planOrganization(before, wanted, options);
			const after = applyPlan(before, actions, isActive);
			check({
				before,
				wanted,
				options,
				actions,
				after,
				again: planOrganization(after, wanted, options),
			});
		}),
		{ numRuns: 500 },
	);

const skippedFor = (actions: SyncAction[], target: string, ...kinds: string[]) =>
	actions.some((one) => one.isSkipped && one.target === target && kinds.includes(one.action));

describe('planOrganization, for any organization, members and options', () => {
	it('makes every wanted user a member, with the role and the metadata', () => {
		forEvery(({ wanted, actions, after }) => {
			const members = new Map(after.members.map((one) => [one.userId, one]));
			for (const { userId, role: asked, publicMetadata = {}, privateMetadata = {} } of wanted) {
				if (userId === undefined || userId === MANAGED) continue;
				const one = members.get(userId)!;
				if (!skippedFor(actions, userId, 'changeRole')) expect(one.role).toBe(asked);
				expect(mergeMetadata(one.publicMetadata, publicMetadata)).toEqual(one.publicMetadata);
				expect(mergeMetadata(one.privateMetadata, privateMetadata)).toEqual(one.privateMetadata);
			}
		});
	});

	it('removes members not in the input, keeps them, or removes those that this sync added', () => {
		forEvery(({ before, wanted, options, actions, after }) => {
			const remaining = new Set(after.members.map(({ userId }) => userId));
			const asked = new Set(wanted.map(({ userId }) => userId));
			for (const one of before.members.filter(({ userId }) => !asked.has(userId))) {
				const names = markersOf(one);
				const isRemoved =
					options.otherMembers === 'remove' ||
					(options.otherMembers === 'removeMarked' && names.join() === 'hr');
				const stays = !isRemoved || skippedFor(actions, one.userId, 'remove');
				expect([one.userId, remaining.has(one.userId)]).toEqual([one.userId, stays]);
			}
		});
	});

	it('marks the members it adds, and none that was added by hand', () => {
		forEvery(({ before, options, after }) => {
			const known = new Map(before.members.map((one) => [one.userId, one]));
			for (const one of after.members) {
				const old = known.get(one.userId);
				const isMarked = markersOf(one).includes('hr');
				if (!old) expect(isMarked).toBe(options.otherMembers === 'removeMarked');
				else if (markersOf(old).length === 0) expect(isMarked).toBe(false);
			}
		});
	});

	it('plans no request the second time', () => {
		forEvery(({ again }) => expect(again.filter(({ isSkipped }) => !isSkipped)).toEqual([]));
	});

	it('leaves an organization an admin, unless it has no members', () => {
		forEvery(({ before, after, wanted, options }) => {
			if (!before.members.some(isAdmin)) return;
			const isEmptied = wanted.length === 0 && options.allowEmptying && after.members.length === 0;
			expect(isEmptied || after.members.some(isAdmin)).toBe(true);
		});
	});

	it('keeps an admin at each step, because new ones are appointed before others are removed', () => {
		forEvery(({ before, wanted, actions, after }) => {
			if (!before.members.some(isAdmin) || after.members.length === 0) return;
			const appointed = actions.filter(({ phase }) => phase === 'appoint');
			const isActive = (id: string) => wanted.find((one) => one.userId === id)?.isActive ?? true;
			const then = applyPlan(before, appointed, isActive);
			const removing = actions.filter(({ removesAdmin }) => removesAdmin);
			expect(applyPlan(then, removing, isActive).members.some(isAdmin)).toBe(true);
		});
	});

	it('skips users and addresses that a directory manages', () => {
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

	it('invites addresses that no user has, and revokes unwanted invitations if it may', () => {
		forEvery(({ before, wanted, options, actions, after }) => {
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
					options.otherMembers !== 'removeMarked' ||
					'hr' in
						(isObject(one.privateMetadata[MARKER_KEY]) ? one.privateMetadata[MARKER_KEY] : {});
				expect(pending.has(one.emailAddress)).toBe(!(options.revokeInvitations && isOurs));
			}
		});
	});
});

describe('checkSync, for any plan', () => {
	const bounds = fc.record({ count: fc.nat({ max: 4 }), percent: fc.nat({ max: 100 }) });

	it('stops a plan that removes too many members, or all because none is wanted', () => {
		fc.assert(
			fc.property(
				organization,
				wantedMembers,
				anyOptions,
				bounds,
				(state, wanted, options, most) => {
					const actions = planOrganization(state, wanted, options);
					const planned = actions.map(toReportRow);
					const stopped = checkSync(
						{ state, wanted, actions },
						{ ...options, bounds: most },
						planned,
					);
					const done = stopped ? [] : actions.filter(({ isSkipped }) => !isSkipped);
					const removed = done.filter(({ action }) => action === 'remove').length;
					expect(removed).toBeLessThanOrEqual(most.count);
					expect(removed * 100).toBeLessThanOrEqual(most.percent * state.members.length);
					const ended = removed + done.filter(({ action }) => action === 'revoke').length;
					const { members, invitations } = state;
					expect(ended).toBeLessThanOrEqual(most.count);
					expect(ended * 100).toBeLessThanOrEqual(
						most.percent * (members.length + invitations.length),
					);
					if (wanted.length === 0 && !options.allowEmptying) expect(done).toEqual([]);
					if (stopped) expect(stopped.report).toHaveLength(actions.length);
				},
			),
			{ numRuns: 500 },
		);
	});
});
