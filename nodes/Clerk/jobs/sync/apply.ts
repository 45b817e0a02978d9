import { hasCode } from '../../engine/http/outcome';
import type { OperationContext } from '../../engine/operation';
import { skip } from '../shared/actions';
import { apply } from '../shared/apply';
import { toReportRow } from '../shared/report';
import type { ReportRow } from '../shared/report';
import type { SyncAction } from './model';

/**
 * Runs the phases of all organizations one after the other. An organization keeps its members if an
 * addition or an invitation failed, and its admins if a new one could not be appointed. If it is full,
 * members are removed first, and what did not fit is sent again.
 *
 * @returns a row for each action, in their order
 * @throws CancelledError
 */
export async function applyPhases(
	actions: SyncAction[],
	context: OperationContext,
): Promise<ReportRow[]> {
	const phases = new Phases(actions, context);
	let additions = [...actions.keys()];
	do {
		await phases.add(additions);
		additions = phases.withoutRoomIn(await phases.withdraw());
	} while (additions.length > 0);
	return phases.end();
}

const ADDITIONS = ['add', 'invite', 'reinvite'];

const REMOVALS = ['remove', 'revoke'];

const HELD_BACK =
	'Held back: a person could not be added or invited, and may be this one under another address. Correct that, and run it again';

const NOT_APPOINTED = 'Not every new admin could be added, so the current ones stay';

/** Clerk counts pending invitations, too (https://clerk.com/docs/guides/organizations/overview). */
const FULL = 'organization_membership_quota_exceeded';

class Phases {
	private readonly rows: ReportRow[];

	/** Indexes of the actions that withdraw something and were not sent yet. */
	private readonly waiting: Set<number>;

	constructor(
		private readonly actions: SyncAction[],
		private readonly context: OperationContext,
	) {
		this.rows = actions.map(toReportRow);
		this.waiting = new Set(this.indexesOf(({ phase }) => phase === 'withdraw'));
	}

	/** Sends those of the actions that add or change something: first the appointments of admins. */
	async add(indexes: number[]): Promise<void> {
		for (const phase of ['appoint', 'grant'] as const) {
			await this.send(indexes.filter((index) => this.actions[index].phase === phase));
		}
	}

	/** Sends the removals that are not held back. @returns the IDs of the organizations in which one was done */
	async withdraw(): Promise<Set<string>> {
		const reasonToWait = this.reasonsToWait();
		const toApply = [...this.waiting].filter((index) => !reasonToWait(this.actions[index]));
		for (const index of toApply) this.waiting.delete(index);
		await this.send(toApply);
		const done = toApply.filter(
			(index) =>
				this.rows[index].status === 'done' && REMOVALS.includes(this.actions[index].action),
		);
		return new Set(done.map((index) => this.actions[index].organizationId));
	}

	/** Returns the indexes of the additions that found these organizations full. */
	withoutRoomIn(organizations: ReadonlySet<string>): number[] {
		return this.indexesOf(
			({ organizationId }, { error }) => organizations.has(organizationId) && hasCode(error, FULL),
		);
	}

	/** Returns the rows; a removal that was held back is skipped, with the reason. */
	end(): ReportRow[] {
		const reasonToWait = this.reasonsToWait();
		for (const index of this.waiting) {
			const reason = reasonToWait(this.actions[index]);
			if (reason) this.rows[index] = toReportRow(skip(this.actions[index], reason));
		}
		return this.rows;
	}

	private async send(indexes: number[]): Promise<void> {
		const toApply = indexes.map((index) => this.actions[index]);
		(await apply(toApply, this.context)).forEach((row, at) => {
			this.rows[indexes[at]] = row;
		});
	}

	/** Returns a function that tells why an action has to wait, after the failures so far. */
	private reasonsToWait(): (action: SyncAction) => string | undefined {
		const failed = this.indexesOf((_, { status }) => status === 'failed');
		const organizationsOf = (some: number[]) =>
			new Set(some.map((index) => this.actions[index].organizationId));
		const rejected = failed.filter(
			(index) =>
				ADDITIONS.includes(this.actions[index].action) && !hasCode(this.rows[index].error, FULL),
		);
		const notAppointed = failed.filter((index) => this.actions[index].phase === 'appoint');
		const keepsMembers = organizationsOf(rejected);
		const keepsAdmins = organizationsOf(notAppointed);
		return ({ action, organizationId, removesAdmin, isSkipped }) => {
			if (isSkipped) return undefined;
			if (removesAdmin && keepsAdmins.has(organizationId)) return NOT_APPOINTED;
			const isHeld = REMOVALS.includes(action) && keepsMembers.has(organizationId);
			return isHeld ? HELD_BACK : undefined;
		};
	}

	private indexesOf(accepts: (action: SyncAction, row: ReportRow) => boolean): number[] {
		return [...this.actions.keys()].filter((index) =>
			accepts(this.actions[index], this.rows[index]),
		);
	}
}
