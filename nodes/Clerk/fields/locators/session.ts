import { listed } from './listed';
import { byId } from './modes';

/** Clerk lists the sessions of one user at a time, so the form has a User beside the session. */
export const session = listed({
	noun: 'session',
	displayName: 'Session',
	parameter: 'sessionId',
	...byId('sess_2NNEqL2nrIRd…'),
	method: 'searchSessions',
	title: 'sessions',
	path: '/sessions',
	within: { user_id: 'userId' },
	query: { user_id: '{user_id}', paginated: true },
	label: ({ status, last_active_at: at }) =>
		`${String(status)}, ${typeof at === 'number' ? `last active ${new Date(at).toISOString()}` : 'never active'}`,
});
