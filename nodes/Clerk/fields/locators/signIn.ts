import type { Locator } from '../../engine/operation';
import { listed } from './listed';
import { byId, textMode } from './modes';

/** The route that lists clients is deprecated, so the list offers the clients of a user's sessions. */
export const client = listed({
	noun: 'client',
	displayName: 'Client',
	parameter: 'clientId',
	...byId('client_2NNEqL2nrIRd…'),
	method: 'searchClients',
	title: "the clients of a user's sessions",
	path: '/sessions',
	within: { user_id: 'userId' },
	query: { user_id: '{user_id}', paginated: true },
	label: ({ status, last_active_at: at }) =>
		`Session ${String(status)}, last active ${typeof at === 'number' ? new Date(at).toISOString() : 'never'}`,
	value: ({ client_id }) => client_id,
});

/** Returns a locator for records that Clerk's API does not list. */
const unlisted = (
	noun: string,
	displayName: string,
	parameter: string,
	modes: Pick<Locator, 'idMode' | 'ids'>,
): Locator => ({ noun, displayName, parameter, ...modes });

export const actorToken = unlisted(
	'actor token',
	'Actor Token',
	'actorTokenId',
	byId('act_2NNEqL2nrIRd…'),
);

export const agentTask = unlisted('agent task', 'Agent Task', 'agentTaskId', {
	idMode: textMode('id', 'By ID', 'e.g. the agentTaskId that Create returned'),
});

export const signInToken = unlisted(
	'sign-in token',
	'Sign-in Token',
	'signInTokenId',
	byId('sit_2NNEqL2nrIRd…'),
);

export const signUp = unlisted('sign-up', 'Sign-Up', 'signUpId', byId('sua_2NNEqL2nrIRd…'));
