import fc from 'fast-check';

import type { ApiRequest } from '../../../nodes/Clerk/engine/operation';
import { checkCleanUp } from '../../../nodes/Clerk/jobs/cleanUp/guards';
import { MARK_KEY, planCleanUp } from '../../../nodes/Clerk/jobs/cleanUp/plan';
import type {
	CleanUpData,
	CleanUpAccountAction,
	CleanUpOptions,
} from '../../../nodes/Clerk/jobs/cleanUp/plan';
import type { Action } from '../../../nodes/Clerk/jobs/shared/actions';
import { DAY_MS } from '../../../nodes/Clerk/jobs/shared/inactivity';
import { mergeMetadata } from '../../../nodes/Clerk/jobs/shared/metadata';

const NOW = Date.UTC(2026, 5, 1, 12);

interface Person {
	id: string;
	since: number;
	isInactive: boolean;
	metadata: Record<string, unknown>;
	banned: boolean;
	locked: boolean;
	directory?: string;
	sessions: string[];
}

interface World {
	people: Person[];
	/** IDs of the admins of each organization. */
	organizations: string[][];
}

const marksOf = ({ metadata }: Person) => (metadata[MARK_KEY] ?? {}) as Record<string, unknown>;

/** What reading the world gives. */
function read({ people, organizations }: World, accountAction: CleanUpAccountAction): CleanUpData {
	const known = people.map(({ id, ...person }) => {
		const marks = marksOf({ id, ...person });
		return {
			...person,
			id,
			emailAddress: `${id}@example.com`,
			...(Object.hasOwn(marks, accountAction) && {
				mark: Date.parse(String(marks[accountAction])),
			}),
			hasOtherMarks: Object.keys(marks).some((other) => other !== accountAction),
			inactiveDays: Math.floor((NOW - person.since) / DAY_MS),
			reason: 'away',
		};
	});
	return {
		candidates: known.filter(({ isInactive }) => isInactive),
		toUnmark: known.filter((one) => !one.isInactive && one.mark !== undefined),
		organizations: organizations.map((ids, at) => ({
			id: `org_${at}`,
			name: `Organization ${at}`,
			admins: new Set(ids.filter((id) => isReadAsAdmin(personIn(people, id), accountAction))),
		})),
		lookedAt: people.length,
		allUsers: people.length,
		spared: [],
		notices: [],
	};
}

const personIn = (people: Person[], id: string) => people.find((one) => one.id === id)!;

/** A membership shows bans. Locks are read only for users who are no candidates. */
const isReadAsAdmin = (
	{ banned, locked, isInactive }: Person,
	accountAction: CleanUpAccountAction,
) => !banned && !(accountAction === 'lock' && locked && !isInactive);

const canManage = ({ banned, locked }: Person, accountAction: CleanUpAccountAction) =>
	!banned && !(accountAction === 'lock' && locked);

function applyPlan({ people, organizations }: World, plan: Action[]): World {
	const next = new Map(people.map((one) => [one.id, { ...one }]));
	for (const { method, path, body } of plan.flatMap(({ requests }) => requests)) {
		const [, kind, id, rest] = path.split('/');
		const person = next.get(id);
		const line = `${method} ${rest ?? ''}`;
		if (kind === 'sessions') revokeSession(next, id);
		else if (line === 'DELETE ') next.delete(id);
		else if (line === 'POST ban') Object.assign(person!, { banned: true, sessions: [] });
		else if (line === 'POST lock') person!.locked = true;
		else if (line === 'PATCH metadata') {
			const changes = (body as { private_metadata: Record<string, unknown> }).private_metadata;
			person!.metadata = mergeMetadata(person!.metadata, changes);
		} else throw new Error(`unexpected ${method} ${path}`);
	}
	return {
		people: [...next.values()],
		organizations: organizations.map((ids) => ids.filter((id) => next.has(id))),
	};
}

function revokeSession(people: Map<string, Person>, session: string): void {
	for (const one of people.values()) one.sessions = one.sessions.filter((id) => id !== session);
}

const accountActions: CleanUpAccountAction[] = [
	'ban',
	'delete',
	'lock',
	'nothing',
	'revokeSessions',
];

const anyAccountAction = fc.constantFrom(...accountActions);

const optionsWith = (accountAction: fc.Arbitrary<CleanUpAccountAction>) =>
	fc.record({ accountAction, graceDays: fc.constantFrom(0, 7, 30) });

const markText = fc.oneof(
	fc
		.oneof(
			fc.integer({ min: -60 * 24, max: 20 * 24 }),
			// An hour around the end of each grace period, and around now.
			fc
				.constantFrom(0, 7, 30)
				.chain((days) => fc.integer({ min: -1, max: 1 }).map((by) => by - days * 24)),
		)
		.map((hours) => new Date(NOW + (hours * DAY_MS) / 24).toISOString()),
	fc.constantFrom('soon', '', '2026-13-45'),
);

const metadata = fc.record(
	{
		own: fc.constant('kept'),
		[MARK_KEY]: fc.dictionary(fc.constantFrom('ban', 'delete', 'lock', 'revokeSessions'), markText),
	},
	{ requiredKeys: [] },
);

const world: fc.Arbitrary<World> = fc
	.array(
		fc.record({
			since: fc.integer({ min: NOW - 900 * DAY_MS, max: NOW - DAY_MS }),
			isInactive: fc.boolean(),
			metadata,
			banned: fc.boolean(),
			locked: fc.boolean(),
			directory: fc.option(fc.constant('Okta'), { nil: undefined, freq: 6 }),
			sessionCount: fc.nat({ max: 2 }),
		}),
		{ maxLength: 12 },
	)
	.chain((made) => {
		const people = made.map(({ sessionCount, ...person }, at) => ({
			...person,
			id: `user_${at}`,
			sessions: Array.from({ length: sessionCount }, (_, one) => `sess_${at}_${one}`),
		}));
		const ids = people.map(({ id }) => id);
		return fc
			.array(fc.oneof(fc.subarray(ids), fc.subarray(ids, { maxLength: Math.min(2, ids.length) })), {
				maxLength: 5,
			})
			.map((organizations) => ({ people, organizations }));
	});

const planFor = (before: World, options: CleanUpOptions, now = NOW) =>
	planCleanUp(read(before, options.accountAction), options, now);

const requestsIn = (plan: Action[]): ApiRequest[] => plan.flatMap(({ requests }) => requests);

type Property = (before: World, options: CleanUpOptions) => void;

const check = (property: Property) =>
	fc.assert(fc.property(world, optionsWith(anyAccountAction), property), { numRuns: 400 });

const checkAccountAction = (accountAction: CleanUpAccountAction, property: Property) =>
	fc.assert(fc.property(world, optionsWith(fc.constant(accountAction)), property), {
		numRuns: 400,
	});

const byId = (plan: Action[]) => new Map(plan.map((one) => [one.target, one]));

describe('planCleanUp, for any users and options', () => {
	it.each(accountActions)('plans no request the second time: %s', (accountAction) => {
		checkAccountAction(accountAction, (before, options) => {
			const after = applyPlan(before, planFor(before, options));
			expect(requestsIn(planFor(after, options))).toEqual([]);
		});
	});

	it('ends in the same state after an interruption at any point and a second run', () => {
		fc.assert(
			fc.property(
				world,
				anyAccountAction,
				fc.array(fc.boolean()),
				(before, accountAction, done) => {
					const options = { accountAction, graceDays: 0 };
					const plan = planFor(before, options);
					const part = applyPlan(
						before,
						plan.filter((_, at) => done[at]),
					);
					expect(applyPlan(part, planFor(part, options))).toEqual(applyPlan(before, plan));
				},
			),
			{ numRuns: 400 },
		);
	});

	it.each(['ban', 'delete', 'lock'] as const)(
		'leaves every organization an admin, with all marks due too: %s',
		(accountAction) => {
			checkAccountAction(accountAction, (before, options) => {
				const leaving = planFor(before, options)
					.filter((one) => one.action !== 'unmark')
					.filter((one) => !one.isSkipped || one.reason.startsWith('Marked'))
					.map(({ target }) => target);
				for (const ids of before.organizations) {
					const able = ids.filter((id) => canManage(personIn(before.people, id), accountAction));
					const remaining = able.filter((id) => !leaving.includes(id));
					expect(remaining.length > 0).toBe(able.length > 0);
				}
			});
		},
	);

	it('does not lock in a second run the admin that the first one kept', () => {
		const person = { isInactive: true, metadata: {}, banned: false, locked: false, sessions: [] };
		const options = { accountAction: 'lock', graceDays: 0 } as const;
		const before = {
			people: [
				{ ...person, id: 'user_a', since: NOW - 200 * DAY_MS },
				{ ...person, id: 'user_b', since: NOW - 100 * DAY_MS },
			],
			organizations: [['user_a', 'user_b']],
		};
		const after = applyPlan(before, planFor(before, options));
		expect(after.people.map(({ locked }) => locked)).toEqual([true, false]);
		expect(planFor(after, options)).toEqual([
			expect.objectContaining({ target: 'user_b', isSkipped: true }),
		]);
	});

	it('keeps the admin of an organization with the latest activity', () => {
		let kept = 0;
		check((before, options) => {
			const data = read(before, options.accountAction);
			const plan = byId(planCleanUp(data, options, NOW));
			for (const { target, reason } of plan.values()) {
				const [, id] = /The last admin of .* \((\w+)\)/.exec(reason) ?? [];
				if (id === undefined) continue;
				kept++;
				const { admins } = data.organizations.find((one) => one.id === id)!;
				const sinceOf = (one: string) => personIn(before.people, one).since;
				const able = [...admins].filter((one) =>
					canManage(personIn(before.people, one), options.accountAction),
				);
				for (const other of able) expect(sinceOf(other)).toBeLessThanOrEqual(sinceOf(target));
			}
		});
		// They are found by the text of the reason: with another text, nothing would have been checked.
		expect(kept).toBeGreaterThan(0);
	});

	it('acts only on users who were marked for the whole grace period and inactive since', () => {
		check((before, options) => {
			if (options.graceDays === 0) return;
			const after = applyPlan(before, planFor(before, options));
			for (const one of before.people) {
				const now = after.people.find(({ id }) => id === one.id);
				const isDone =
					now === undefined ||
					now.banned !== one.banned ||
					now.locked !== one.locked ||
					now.sessions.length !== one.sessions.length;
				if (!isDone) continue;
				const markedAt = Date.parse(String(marksOf(one)[options.accountAction]));
				expect(markedAt).toBeLessThanOrEqual(NOW - options.graceDays * DAY_MS);
				expect(markedAt).toBeGreaterThanOrEqual(one.since + DAY_MS);
				expect(one.isInactive).toBe(true);
			}
		});
	});

	it('acts on all marked users after the grace period if they stay inactive', () => {
		check((before, options) => {
			if (options.graceDays === 0 || options.accountAction === 'nothing') return;
			const marked = planFor(before, options).filter(
				({ action, reason }) => action === 'mark' || reason.startsWith('Marked'),
			);
			const after = applyPlan(before, planFor(before, options));
			const later = byId(planFor(after, options, NOW + options.graceDays * DAY_MS));
			for (const { target } of marked) {
				expect(later.get(target)).toMatchObject({ action: options.accountAction });
				expect(later.get(target)?.isSkipped).toBeUndefined();
			}
		});
	});

	it('unmarks users who are active again, and changes no other mark or key', () => {
		check((before, options) => {
			const after = applyPlan(before, planFor(before, options));
			for (const one of after.people) {
				const old = before.people.find(({ id }) => id === one.id)!;
				expect(one.metadata.own).toBe(old.metadata.own);
				const othersOf = (marks: Record<string, unknown>) =>
					Object.entries(marks).filter(
						([accountAction]) => accountAction !== options.accountAction,
					);
				const mark = marksOf(one)[options.accountAction];
				expect(othersOf(marksOf(one))).toEqual(othersOf(marksOf(old)));
				if (!one.isInactive && options.graceDays > 0) expect(mark).toBeUndefined();
				if (!one.isInactive) expect(one).toMatchObject({ banned: old.banned, locked: old.locked });
			}
		});
	});

	it('skips users that a directory manages, and reports it', () => {
		check((before, options) => {
			if (options.accountAction === 'nothing') return;
			const plan = planFor(before, options);
			for (const one of before.people.filter((person) => person.directory && person.isInactive)) {
				const action = byId(plan).get(one.id);
				expect(action?.requests ?? []).toEqual([]);
				if (action) expect(action.reason).toContain('Okta');
			}
		});
	});

	it('is stopped by checkCleanUp exactly if it acts on too many users', () => {
		const bounds = fc.record({
			count: fc.nat({ max: 12 }),
			percent: fc.integer({ min: 0, max: 100 }),
		});
		fc.assert(
			fc.property(
				world,
				optionsWith(anyAccountAction),
				bounds,
				(before, options, { count, percent }) => {
					const data = read(before, options.accountAction);
					const plan = planCleanUp(data, options, NOW);
					const acts = plan.filter(
						({ action, requests }) => action !== 'unmark' && requests.length > 0,
					).length;
					const stopped = checkCleanUp(plan, data, options, { count, percent });
					const isTooMany = acts > count || acts * 100 > percent * data.allUsers;
					expect(stopped !== undefined).toBe(options.accountAction !== 'nothing' && isTooMany);
				},
			),
		);
	});
});

describe('planCleanUp that only lists', () => {
	it('has a row for each candidate, and no requests', () => {
		fc.assert(
			fc.property(world, (before) => {
				const plan = planFor(before, { accountAction: 'nothing', graceDays: 0 });
				expect(requestsIn(plan)).toEqual([]);
				const ids = before.people.filter(({ isInactive }) => isInactive).map(({ id }) => id);
				expect(plan.map(({ target }) => target).sort()).toEqual(ids.sort());
			}),
		);
	});
});
