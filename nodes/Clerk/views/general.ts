import { view } from '../engine/operation/view';

/** What Clerk answers to a delete, whatever was deleted. */
export const deleted = view('deleted', ['id', 'object', 'deleted']);

export const count = view('counts', ['totalCount']);

/** What has no record for an answer: only that it was done, or a text. */
export const nothing = view('answers', []);
