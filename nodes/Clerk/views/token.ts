import { view } from '../engine/operation/view';

/** A signed token that stands for a session. */
export const token = view('tokens', ['object', 'jwt']);

/** The same, or the cookies to set in its place. */
export const refreshedToken = view('tokens', ['object', 'jwt', 'cookies']);
