import type { IDataObject } from 'n8n-workflow';

import type { ApiRequest } from '../../engine/operation';

/**
 * A job reads, plans, checks its guards, applies the plan and reports. A plan is a list of actions as
 * plain data, so a dry run can show it and a test can check it without a server. A record that is
 * already as it should be gets no action, so an interrupted job can be run again.
 */

/** One action of a plan, and one row of its report. */
export interface Action {
	/** Its name in the report, such as `ban`. */
	action: string;
	/** The record that it changes: an ID, an email address. */
	target: string;
	/** In the order of sending; empty for a skipped action. */
	requests: ApiRequest[];
	/**
	 * Lists a record only if the last request succeeded. Settles a POST with an unknown outcome: where
	 * nothing is listed, the POST is sent again.
	 */
	verifyWith?: ApiRequest;
	/** Sending the requests twice has the effect of once, so they are retried after an unknown outcome. */
	isIdempotent?: boolean;
	/** Why it is done, or why it is skipped. */
	reason: string;
	isSkipped?: boolean;
	/** Further columns of its row in the report. */
	columns?: IDataObject;
	/** Index of the input item that asks for it. */
	item?: number;
	/** Actions with the same key run one after the other; the default is the target. */
	orderKey?: string;
}

/** Says, in a row or message, that an account action was carried out. */
export const PAST_PARTICIPLE = {
	ban: 'banned',
	delete: 'deleted',
	lock: 'locked',
	nothing: 'listed',
	revokeSessions: 'signed out',
};

/** Returns the action as one that sends nothing and reports why. */
export const skip = <T extends Action>(action: T, reason: string): T => ({
	...action,
	requests: [],
	verifyWith: undefined,
	isSkipped: true,
	reason,
});

/** Returns an action that only reports why there is nothing to do. */
export const skippedAction = (action: string, target: string, reason: string): Action => ({
	action,
	target,
	requests: [],
	reason,
	isSkipped: true,
});
