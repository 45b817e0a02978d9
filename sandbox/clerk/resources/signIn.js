'use strict';

const { crud } = require('../crud');
const { badFormat, badValue, notFound, refusal, refuse } = require('../errors');
const { withTotal } = require('../lists');
const { presentSession } = require('../records/session');
const {
	newAgentTask,

	newTicket,
	presentAgentTask,
	presentSignUp,
} = require('../records/signIn');
const { sessionOfToken } = require('../records/token');
const { closed, flag, integer, nullable, oneOf, open, paging, text } = require('../validation');
const { membershipOf } = require('./invitationRules');
const { findUser } = require('./userWrites');

/** @typedef {import('../state').State} State */
/** @typedef {Record<string, any>} Body */

const signInTokens = crud({ object: 'sign_in_token', table: (state) => state.signInTokens });
const actorTokens = crud({ object: 'actor_token', table: (state) => state.actorTokens });
const agentTasks = crud({
	object: 'agent_task',
	table: (state) => state.agentTasks,
	present: presentAgentTask,
});
const signUps = crud({
	object: 'sign_up',
	table: (state) => state.signUps,
	present: presentSignUp,
});

/** A browser or a device is what its sessions say of it. @param {State} state @param {string} id */
function clientOf(state, id) {
	const sessions = state.sessions.where('client_id', id);
	const [first] = sessions;
	if (!first) throw notFound('client', id);
	const last = sessions.filter(({ status }) => status === 'active').at(-1);
	return {
		object: 'client',
		id,
		session_ids: sessions.map((session) => session.id),
		sessions: sessions.map(presentSession),
		sign_in_id: null,
		sign_up_id: null,
		last_active_session_id: last?.id ?? null,
		last_authentication_strategy: 'email_code',
		created_at: first.created_at,
		updated_at: first.updated_at,
	};
}

/** Newest first. @param {State} state */
const clientIds = (state) => [
	...new Set(state.sessions.rows.map((session) => session.client_id).reverse()),
];

/** Any token of a session stands for the client. @param {State} state @param {string} token */
function verifyClient(state, token) {
	const session = state.sessions.get(String(sessionOfToken(token)));
	if (!session) throw refusal(400, 'token_invalid', 'The token is invalid.');
	return clientOf(state, session.client_id);
}

/** @param {{ status: string }} row @returns {{ status: 'revoked' }} */
function revoked({ status }) {
	if (status === 'pending') return { status: 'revoked' };
	throw refusal(400, `token_already_${status}`, `It has already been ${status}.`);
}

/** @param {State} state @param {Body} body */
function createSignInToken(state, { user_id: userId, org_id: organizationId }) {
	findUser(state, userId);
	if (organizationId != null && !membershipOf(state, organizationId, userId)) {
		refuse(badFormat('org_id', 'is not an organization of the user'));
	}
	return newTicket(state, 'sit', { user_id: userId });
}

/** @param {State} state @param {Body} body */
function createActorToken(state, { user_id: userId, actor }) {
	const unknown = [userId, actor.sub].filter((id) => !state.users.get(id));
	if (unknown.length > 0) refuse(badValue('user_id', `${unknown.join(', ')} is not a user`));
	return newTicket(state, 'act', { user_id: userId, actor });
}

/** @param {State} state @param {Body} body */
function createAgentTask(state, { on_behalf_of: on, agent_name: name }) {
	if ((on.user_id === undefined) === (on.identifier === undefined)) {
		refuse(badValue('on_behalf_of', 'needs exactly one of user_id and identifier'));
	}
	const found = ['email_address', 'phone_number', 'username'].flatMap((index) =>
		state.users.where(index, on.identifier?.toLowerCase() ?? ''),
	);
	findUser(state, on.user_id ?? found[0]?.id ?? on.identifier);
	return newAgentTask(state, name);
}

const sessionDuration = { session_max_duration_in_seconds: integer };

/** @type {import('../server').Routes} */
module.exports = {
	'GET /clients': {
		query: open({ ...paging, paginated: flag }),
		respond: ({ state, query }) => {
			const page = withTotal(clientIds(state), query, (id) => clientOf(state, id));
			return query.paginated ? page : page.data;
		},
	},
	'GET /clients/{client_id}': {
		respond: ({ state, params }) => clientOf(state, params.client_id ?? ''),
	},
	'POST /clients/verify': {
		body: closed({ token: text }, ['token']),
		respond: ({ state, body }) => verifyClient(state, body.token),
	},
	'GET /sign_ups/{id}': signUps.get('id'),
	'PATCH /sign_ups/{id}': signUps.update(
		'id',
		open({ external_id: nullable(text), custom_action: nullable(flag) }),
		(body) => ({
			...(body.external_id !== undefined && { external_id: body.external_id }),
			...(body.custom_action != null && { custom_action: body.custom_action }),
		}),
	),
	'POST /sign_in_tokens': signInTokens.create(
		open(
			{
				user_id: text,
				org_id: nullable(text),
				expires_in_seconds: nullable({ ...integer, minimum: 1 }),
			},
			['user_id'],
		),
		createSignInToken,
	),
	'POST /sign_in_tokens/{sign_in_token_id}/revoke': signInTokens.change(
		'sign_in_token_id',
		revoked,
	),
	'POST /actor_tokens': actorTokens.create(
		closed(
			{
				user_id: text,
				actor: { ...open({ sub: text }, ['sub']), additionalProperties: true },
				expires_in_seconds: integer,
				...sessionDuration,
			},
			['user_id', 'actor'],
		),
		createActorToken,
	),
	'POST /actor_tokens/{actor_token_id}/revoke': actorTokens.change('actor_token_id', revoked),
	'POST /agents/tasks': agentTasks.create(
		closed(
			{
				on_behalf_of: open({ user_id: text, identifier: text }),
				permissions: { ...text, ...oneOf(['*']) },
				agent_name: text,
				task_description: text,
				redirect_url: text,
				...sessionDuration,
			},
			['on_behalf_of', 'permissions', 'agent_name', 'task_description', 'redirect_url'],
		),
		createAgentTask,
	),
	'POST /agents/tasks/{agent_task_id}/revoke': agentTasks.change('agent_task_id', revoked),
	'POST /testing_tokens': {
		respond: ({ state }) => {
			const expiresAt = Math.floor(state.clock() / 1000) + 3600;
			return {
				object: 'testing_token',
				token: `${expiresAt}-${state.newId('c')}`,
				expires_at: expiresAt,
			};
		},
	},
};
