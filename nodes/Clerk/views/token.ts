import { view } from '../engine/operation/view';

/** A signed token of a session. */
export const token = view('tokens', ['object', 'jwt']);

/** A signed token of a session, or the cookies to set instead. */
export const refreshedToken = view('tokens', ['object', 'jwt', 'cookies']);
