import { InvalidInputError } from '../../engine/operation';
import type { ClerkRecord } from '../../engine/operation';
import { isObject } from '../../engine/operation/values';
import { SUMMARY } from './report';

/** Reads the approval of a plan from the form, and rejects one that is incomplete or too old. */

export interface Approval {
	/** The plan that was approved as a whole; undefined if rows were. */
	planId?: string;
	/** The rows that were approved; with a plan, those of its report, to show the differences. */
	rows: ClerkRecord[];
	approvedBy: string;
}

const HOUR_MS = 3_600_000;

/** A plan's time may be ahead of the clock by so much. */
const CLOCK_TOLERANCE_MS = 300_000;

/**
 * Reads an approval from the values of the form (`fields/runMode.ts`).
 *
 * @returns the approval once the time is known, in Unix milliseconds; throws InvalidInputError for one
 * that is over
 * @throws InvalidInputError for anything else, so that no item is carried out before all are checked
 */
export function readApproval(values: Record<string, unknown>): (now: number) => Approval {
	const approvedBy = String(values.approvedBy ?? '').trim();
	if (approvedBy === '') throw new InvalidInputError('Approved By', 'is empty');
	if (values.approvalValidFor === undefined) {
		throw new InvalidInputError('Approval Valid For (Hours)', 'is empty');
	}
	const hours = Number(values.approvalValidFor);
	const isPlan = values.approved !== 'rows';
	const rows = readRows(values.approvedRows, isPlan);
	const planId = isPlan ? readPlanId(values) : undefined;
	const times = new Set(isPlan ? [Number(values.plannedAt)] : rows.map(timeOf));
	return (now) => {
		for (const time of times) rejectIfOver(time, hours, now);
		return { ...(isPlan && { planId }), rows, approvedBy };
	};
}

function readPlanId({ planId: given, plannedAt }: Record<string, unknown>): string {
	const planId = String(given ?? '').trim();
	if (!/^[\da-f]{64}$/.test(planId)) {
		throw new InvalidInputError(
			'Plan ID',
			'is not the ID of a plan: use planId of its summary row',
		);
	}
	if (plannedAt === undefined) throw new InvalidInputError('Planned At', 'is empty');
	return planId;
}

function readRows(given: unknown, isOptional: boolean): ClerkRecord[] {
	if (given === undefined && isOptional) return [];
	if (given === undefined) throw new InvalidInputError('Approved Rows', 'is empty');
	if (!Array.isArray(given) || !given.every(isObject)) {
		throw new InvalidInputError('Approved Rows', 'needs a list of rows of a plan');
	}
	return given.filter(({ action }) => action !== SUMMARY);
}

/** @throws InvalidInputError for a row without its plan's time */
function timeOf({ plannedAt }: ClerkRecord): number {
	const time = Date.parse(String(plannedAt));
	if (!Number.isNaN(time)) return time;
	throw new InvalidInputError('Approved Rows', 'needs rows of a plan, each with its plannedAt');
}

/** @throws InvalidInputError for a plan that is too old, or of the future */
function rejectIfOver(plannedAt: number, hours: number, now: number): void {
	const age = now - plannedAt;
	const since = new Date(plannedAt).toISOString();
	if (age < -CLOCK_TOLERANCE_MS) {
		throw new InvalidInputError('Planned At', `is in the future: the plan is from ${since}`);
	}
	if (age <= hours * HOUR_MS) return;
	const reason = `has expired: the plan is from ${since}, ${Math.floor(age / HOUR_MS)} hours ago. Make a new plan`;
	throw new InvalidInputError('Approval Valid For (Hours)', reason);
}
