import { view } from '../engine/operation/view';

/** Clerk's response to a DELETE, the same for every resource. */
export const deleted = view('deleted', ['id', 'object', 'deleted']);

export const count = view('counts', ['totalCount']);

/** A response without a record: only that the request succeeded, or a text. */
export const nothing = view('responses', []);
