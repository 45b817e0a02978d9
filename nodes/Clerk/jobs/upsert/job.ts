import type {
	ClerkRecord,
	Field,
	OperationContext,
	OperationResult,
	Prepared,
} from '../../engine/operation';
import type { DateFormat } from '../../engine/operation/dates';
import { simplify } from '../../engine/operation/view';
import { user as view } from '../../views/user';
import { userAfter } from './after';
import { applyUpsert } from './apply';
import { identifiersOf } from './identifiers';
import type { UpsertMatchBy } from './identifiers';
import { planUpsert } from './plan';
import type { WantedUser } from './plan';
import { chooseUser, userSearchRequest } from './read';
import { previewUpsert } from './report';

export interface UpsertOptions {
	matchUnverified: boolean;
	isDryRun: boolean;
	/** Fields of the form that may be secret, masked in a plan. */
	maskedFields: Field[];
	dateFormat?: DateFormat;
}

/**
 * Creates a user, or changes what differs: read → plan → apply → report. All users are looked up, and
 * all plans checked, before the first write of any item.
 */
export function prepareUpsert(wanted: WantedUser, options: UpsertOptions): Prepared {
	const { matchBy, value } = wanted;
	const choose = (found: ClerkRecord[]) =>
		chooseUser(found, matchBy, value, options.matchUnverified);
	/** Returns the target of an item before that gives its user the value. */
	const plannedTarget = (planned: Map<string, ClerkRecord>): string | undefined => {
		const { target } = planned.get(plannedKey(matchBy, value)) ?? {};
		const after = typeof target === 'string' ? planned.get(target) : undefined;
		return after && choose([after]) ? (target as string) : undefined;
	};
	/** The user when the item was checked, as the items before would leave it. */
	let user: ClerkRecord | undefined;
	/** Whether an item before would create or change the user. */
	let isChangedBefore = false;
	return {
		lookUp: {
			kind: matchBy,
			value,
			request: (values) => userSearchRequest(matchBy, values),
			check(found, planned) {
				user = choose(found);
				// The user, not the value: items may name one user by several addresses.
				const target = user
					? `user ${String(user.id)}`
					: (plannedTarget(planned) ?? `new user by ${matchBy} ${value}`);
				const before = planned.get(target);
				isChangedBefore = before !== undefined;
				user = before ?? user;
				planUpsert(wanted, user);
				const after = userAfter(wanted, user);
				planned.set(target, after);
				for (const [by, own] of identifiersOf(after)) planned.set(plannedKey(by, own), { target });
				return target;
			},
		},
		async execute(context) {
			if (options.isDryRun) {
				const { maskedFields } = options;
				const row = previewUpsert(wanted, user, isChangedBefore, maskedFields, context.send);
				return { records: [await row] };
			}
			const again = await context.lookUp();
			return await upsert(wanted, again ? choose(again) : user, options, context);
		},
	};
}

/** Returns the key of an entry that names the target with a value, among the planned records. */
const plannedKey = (by: UpsertMatchBy, value: string): string => `${by} ${value}`;

/** @throws InvalidInputError, RequestError, CancelledError */
async function upsert(
	wanted: WantedUser,
	found: ClerkRecord | undefined,
	{ dateFormat }: UpsertOptions,
	{ send, ensureAllowed }: OperationContext,
): Promise<OperationResult> {
	const plan = planUpsert(wanted, found);
	ensureAllowed(plan.requests);
	const record = await applyUpsert(plan, found, send);
	return {
		records: [{ action: plan.action, ...simplify(record, view, dateFormat), success: true }],
	};
}
