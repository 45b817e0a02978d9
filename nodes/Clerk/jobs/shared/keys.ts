import { createHash } from 'node:crypto';

import { isObject } from '../../engine/operation/values';
import type { Action } from './actions';

/**
 * A key names what an action does, in none of its words, so a plan that is made again has the keys of
 * the first one where it does the same.
 */

/** What the keys of a plan hold for: one operation, in one instance of Clerk. */
export interface PlanScope {
	operation: string;
	instance: string;
}

const hash = (value: unknown): string =>
	createHash('sha256')
		.update(JSON.stringify(canonical(value)))
		.digest('hex');

/** Returns the value with the keys of its objects in one order. */
function canonical(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(canonical);
	if (!isObject(value)) return value;
	const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
	return Object.fromEntries(entries.map(([key, inner]) => [key, canonical(inner)]));
}

/** Returns the key of an action: its name, target, organization, role and metadata, in this scope. */
export const approvalKeyOf = ({ operation, instance }: PlanScope, action: Action): string =>
	hash([operation, instance, action.action, action.target, action.effect ?? null]);

/** Returns the ID of a plan: of its due actions, in any order. */
export const planIdOf = ({ operation, instance }: PlanScope, actions: Action[]): string =>
	hash([operation, instance, actions.flatMap((one) => (one.isSkipped ? [] : one.key)).sort()]);
