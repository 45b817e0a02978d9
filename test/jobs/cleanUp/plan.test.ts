import fc from 'fast-check';

import type { ApiRequest } from '../../../nodes/Clerk/engine/operation';
import { MARK, planCleanUp } from '../../../nodes/Clerk/jobs/cleanUp/plan';
import type { CleanUp, Found, Measure } from '../../../nodes/Clerk/jobs/cleanUp/plan';
import { objection } from '../../../nodes/Clerk/jobs/shared/guards';
import { DAY } from '../../../nodes/Clerk/jobs/cleanUp/inactive';
import { mergedMetadata } from '../../../nodes/Clerk/jobs/shared/metadata';
import type { Action } from '../../../nodes/Clerk/jobs/shared/actions';

/** The plan of a clean-up, held against a world of its own. */

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
	/** Who runs each organization. */
	organizations: string[][];
}

const marksOf = ({ metadata }: Person) => (metadata[MARK] ?? {}) as Record<string, unknown>;

function foundIn({ people, organizations }: World, action: Measure): Found {
	const known = people.map(({ id, ...person }) => {
		const marks = marksOf({ id, ...person });
		return {
			...person,
			id,
			emailAddress: `${id}@example.com`,
			...(Object.hasOwn(marks, action) && { mark: Date.parse(String(marks[action])) }),
			isSharedMark: Object.keys(marks).some((other) => other !== action),
			inactiveDays: Math.floor((NOW - person.since) / DAY),
			reason: 'away',
		};
	});
	return {
		candidates: known.filter(({ isInactive }) => isInactive),
		released: known.filter((one) => !one.isInactive && one.mark !== undefined),
		organizations: organizations.map((ids, at) => ({
			id: `org_${at}`,
			name: `Organization ${at}`,
			admins: new Set(ids.filter((id) => isShownAsAdmin(personIn(people, id), action))),
		})),
		lookedAt: people.length,
		allUsers: people.length,
		notices: [],
	};
}

const personIn = (people: Person[], id: string) => people.find((one) => one.id === id)!;

/** Clerk's memberships tell who is banned; of a lock, it is asked for those alone who are no candidates. */
const isShownAsAdmin = ({ banned, locked, isInactive }: Person, action: Measure) =>
	!banned && !(action === 'lock' && locked && !isInactive);

const canRun = ({ banned, locked }: Person, action: Measure) =>
	!banned && !(action === 'lock' && locked);

function carriedOut({ people, organizations }: World, plan: Action[]): World {
	const next = new Map(people.map((one) => [one.id, { ...one }]));
	for (const { method, path, body } of plan.flatMap(({ requests }) => requests)) {
		const [, kind, id, rest] = path.split('/');
		const person = next.get(id);
		const line = `${method} ${rest ?? ''}`;
		if (kind === 'sessions') revoked(next, id);
		else if (line === 'DELETE ') next.delete(id);
		else if (line === 'POST ban') Object.assign(person!, { banned: true, sessions: [] });
		else if (line === 'POST lock') person!.locked = true;
		else if (line === 'PATCH metadata') {
			const given = (body as { private_metadata: Record<string, unknown> }).private_metadata;
			person!.metadata = mergedMetadata(person!.metadata, given);
		} else throw new Error(`unexpected ${method} ${path}`);
	}
	return {
		people: [...next.values()],
		organizations: organizations.map((ids) => ids.filter((id) => next.has(id))),
	};
}

function revoked(people: Map<string, Person>, session: string): void {
	for (const one of people.values()) one.sessions = one.sessions.filter((id) => id !== session);
}

const measures: Measure[] = ['ban', 'delete', 'lock', 'nothing', 'revokeSessions'];

const measure = fc.constantFrom(...measures);

const wantedOf = (action: fc.Arbitrary<Measure>) =>
	fc.record({ action, graceDays: fc.constantFrom(0, 7, 30) });

const markText = fc.oneof(
	fc
		.oneof(
			fc.integer({ min: -60 * 24, max: 20 * 24 }),
			// An hour around the end of each grace period, and around now.
			fc
				.constantFrom(0, 7, 30)
				.chain((days) => fc.integer({ min: -1, max: 1 }).map((by) => by - days * 24)),
		)
		.map((hours) => new Date(NOW + (hours * DAY) / 24).toISOString()),
	fc.constantFrom('soon', '', '2026-13-45'),
);

const metadata = fc.record(
	{
		own: fc.constant('kept'),
		[MARK]: fc.dictionary(fc.constantFrom('ban', 'delete', 'lock', 'revokeSessions'), markText),
	},
	{ requiredKeys: [] },
);

const world: fc.Arbitrary<World> = fc
	.array(
		fc.record({
			since: fc.integer({ min: NOW - 900 * DAY, max: NOW - DAY }),
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

const planFor = (at: World, asked: CleanUp, now = NOW) =>
	planCleanUp(foundIn(at, asked.action), asked, now);

const requestsIn = (plan: Action[]): ApiRequest[] => plan.flatMap(({ requests }) => requests);

type Property = (at: World, asked: CleanUp) => void;

const check = (property: Property) =>
	fc.assert(fc.property(world, wantedOf(measure), property), { numRuns: 400 });

const checkOf = (action: Measure, property: Property) =>
	fc.assert(fc.property(world, wantedOf(fc.constant(action)), property), { numRuns: 400 });

const byId = (plan: Action[]) => new Map(plan.map((one) => [one.target, one]));

describe('whatever the world is like', () => {
	it.each(measures)('%s: planning again, once carried out, gives nothing to send', (action) => {
		checkOf(action, (before, asked) => {
			const after = carriedOut(before, planFor(before, asked));
			expect(requestsIn(planFor(after, asked))).toEqual([]);
		});
	});

	it('of a plan, any part may have been carried out: planned again, it ends where the whole one ends', () => {
		fc.assert(
			fc.property(world, measure, fc.array(fc.boolean()), (before, action, done) => {
				const asked = { action, graceDays: 0 };
				const plan = planFor(before, asked);
				const part = carriedOut(
					before,
					plan.filter((_, at) => done[at]),
				);
				expect(carriedOut(part, planFor(part, asked))).toEqual(carriedOut(before, plan));
			}),
			{ numRuns: 400 },
		);
	});

	it.each(['ban', 'delete', 'lock'] as const)(
		'%s: every organization that somebody runs is still run by somebody, once all marks are due too',
		(action) => {
			checkOf(action, (before, asked) => {
				const leaving = planFor(before, asked)
					.filter((one) => one.action !== 'unmark')
					.filter((one) => !one.isSkipped || one.reason.startsWith('Marked'))
					.map(({ target }) => target);
				for (const ids of before.organizations) {
					const able = ids.filter((id) => canRun(personIn(before.people, id), action));
					const left = able.filter((id) => !leaving.includes(id));
					expect(left.length > 0).toBe(able.length > 0);
				}
			});
		},
	);

	it('who is locked already runs nothing, so the admin who is left is not locked by the second run', () => {
		const person = { isInactive: true, metadata: {}, banned: false, locked: false, sessions: [] };
		const asked = { action: 'lock', graceDays: 0 } as const;
		const before = {
			people: [
				{ ...person, id: 'user_a', since: NOW - 200 * DAY },
				{ ...person, id: 'user_b', since: NOW - 100 * DAY },
			],
			organizations: [['user_a', 'user_b']],
		};
		const after = carriedOut(before, planFor(before, asked));
		expect(after.people.map(({ locked }) => locked)).toEqual([true, false]);
		expect(planFor(after, asked)).toEqual([
			expect.objectContaining({ target: 'user_b', isSkipped: true }),
		]);
	});

	it('who is kept for an organization is who was there last of those who run it', () => {
		let kept = 0;
		check((before, asked) => {
			const found = foundIn(before, asked.action);
			const plan = byId(planCleanUp(found, asked, NOW));
			for (const { target, reason } of plan.values()) {
				const [, id] = /The last admin of .* \((\w+)\)/.exec(reason) ?? [];
				if (id === undefined) continue;
				kept++;
				const { admins } = found.organizations.find((one) => one.id === id)!;
				const sinceOf = (one: string) => personIn(before.people, one).since;
				const able = [...admins].filter((one) =>
					canRun(personIn(before.people, one), asked.action),
				);
				for (const other of able) expect(sinceOf(other)).toBeLessThanOrEqual(sinceOf(target));
			}
		});
		// They are known by their reason: worded otherwise, nobody would have been looked at.
		expect(kept).toBeGreaterThan(0);
	});

	it('nobody is acted on who was not marked for as long as the grace period, and since they left', () => {
		check((before, asked) => {
			if (asked.graceDays === 0) return;
			const after = carriedOut(before, planFor(before, asked));
			for (const one of before.people) {
				const now = after.people.find(({ id }) => id === one.id);
				const isDone =
					now === undefined ||
					now.banned !== one.banned ||
					now.locked !== one.locked ||
					now.sessions.length !== one.sessions.length;
				if (!isDone) continue;
				const markedAt = Date.parse(String(marksOf(one)[asked.action]));
				expect(markedAt).toBeLessThanOrEqual(NOW - asked.graceDays * DAY);
				expect(markedAt).toBeGreaterThanOrEqual(one.since + DAY);
				expect(one.isInactive).toBe(true);
			}
		});
	});

	it('after the grace period, without anybody coming back, all are done who were or are marked', () => {
		check((before, asked) => {
			if (asked.graceDays === 0 || asked.action === 'nothing') return;
			const marked = planFor(before, asked).filter(
				({ action, reason }) => action === 'mark' || reason.startsWith('Marked'),
			);
			const after = carriedOut(before, planFor(before, asked));
			const later = byId(planFor(after, asked, NOW + asked.graceDays * DAY));
			for (const { target } of marked) {
				expect(later.get(target)).toMatchObject({ action: asked.action });
				expect(later.get(target)?.isSkipped).toBeUndefined();
			}
		});
	});

	it('who came back is unmarked; other marks and other keys are as they were', () => {
		check((before, asked) => {
			const after = carriedOut(before, planFor(before, asked));
			for (const one of after.people) {
				const old = before.people.find(({ id }) => id === one.id)!;
				expect(one.metadata.own).toBe(old.metadata.own);
				const othersOf = (marks: Record<string, unknown>) =>
					Object.entries(marks).filter(([action]) => action !== asked.action);
				const mark = marksOf(one)[asked.action];
				expect(othersOf(marksOf(one))).toEqual(othersOf(marksOf(old)));
				if (!one.isInactive && asked.graceDays > 0) expect(mark).toBeUndefined();
				if (!one.isInactive) expect(one).toMatchObject({ banned: old.banned, locked: old.locked });
			}
		});
	});

	it('nobody a directory is in charge of is touched, and the report says so', () => {
		check((before, asked) => {
			if (asked.action === 'nothing') return;
			const plan = planFor(before, asked);
			for (const one of before.people.filter((person) => person.directory && person.isInactive)) {
				const action = byId(plan).get(one.id);
				expect(action?.requests ?? []).toEqual([]);
				if (action) expect(action.reason).toContain('Okta');
			}
		});
	});

	it('the guard holds exactly', () => {
		const bounds = fc.record({
			count: fc.nat({ max: 12 }),
			percent: fc.integer({ min: 0, max: 100 }),
		});
		fc.assert(
			fc.property(world, wantedOf(measure), bounds, (at, asked, { count, percent }) => {
				const { people } = at;
				const acts = planFor(at, asked).filter(({ requests }) => requests.length > 0).length;
				const stopped = objection([], acts, people.length, { count, percent }, 'users');
				expect(stopped !== undefined).toBe(acts > count || acts * 100 > percent * people.length);
			}),
		);
	});
});

describe('a report alone', () => {
	it('has a row for each who is chosen, and sends nothing', () => {
		fc.assert(
			fc.property(world, (at) => {
				const plan = planFor(at, { action: 'nothing', graceDays: 0 });
				expect(requestsIn(plan)).toEqual([]);
				const ids = at.people.filter(({ isInactive }) => isInactive).map(({ id }) => id);
				expect(plan.map(({ target }) => target).sort()).toEqual(ids.sort());
			}),
		);
	});
});
