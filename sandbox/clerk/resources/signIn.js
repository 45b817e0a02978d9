'use strict';

const { badFormat, badValue, notFound, refusal, refuse } = require('../errors');
const { sessionOfToken } = require('../records/session');
const { defineResource, together } = require('../resource');
const { membershipOf } = require('../records/membership');
const { findUser } = require('../records/user');

const TICKETS = 'https://clerk.sandbox.example/v1/tickets/accept?ticket=';

/** @param {Call} call */
function revoke({ row: { status }, save }) {
	if (status === 'pending') return save({ status: 'revoked' });
	throw refusal('token_over', { status });
}

/** A ticket signs its user in once. @param {State} _state @param {Values} fields */
function newTicket(_state, { id, user_id: sub }) {
	const token = Buffer.from(JSON.stringify({ id, sub })).toString('base64url');
	return { status: 'pending', token, url: `${TICKETS}${token}` };
}

const signInTokens = defineResource({
	path: '/sign_in_tokens',
	table: 'signInTokens',
	prefix: 'sit',
	defaults: newTicket,
	fields({ state, body: { user_id, org_id: organizationId = null } }) {
		const isOutside = organizationId !== null && !membershipOf(state, organizationId, user_id);
		findUser(state, user_id);
		refuse(isOutside && badFormat('org_id', 'is not an organization of the user'));
		return { user_id };
	},
	routes: { 'POST /sign_in_tokens/{sign_in_token_id}/revoke': revoke },
});

const actorTokens = defineResource({
	path: '/actor_tokens',
	table: 'actorTokens',
	prefix: 'act',
	defaults: newTicket,
	fields({ state, body: { user_id, actor } }) {
		const unknown = [user_id, actor.sub].filter((id) => !state.users.get(id)).join(', ');
		refuse(unknown && badValue('user_id', `${unknown} is not a user`));
		return { user_id, actor };
	},
	routes: { 'POST /actor_tokens/{actor_token_id}/revoke': revoke },
});

const agentTasks = defineResource({
	path: '/agents/tasks',
	table: 'agentTasks',
	prefix: 'agt_task',
	// Only the response to its creation has the link of a task.
	shown: ({ id, status }) => ({
		agent_task_id: id,
		task_id: id,
		...(status === 'pending' && { url: `${TICKETS}${id}` }),
	}),
	fields({ state, body: { on_behalf_of: on, agent_name: name } }) {
		const found = ['email_address', 'phone_number', 'username'].flatMap((index) =>
			state.users.where(index, on.identifier?.toLowerCase() ?? ''),
		);
		findUser(state, on.user_id ?? found[0]?.id ?? on.identifier);
		// The agent is the same for the same name.
		return { agent_id: `agt_${Buffer.from(name).toString('hex')}` };
	},
	routes: { 'POST /agents/tasks/{agent_task_id}/revoke': revoke },
});

const signUps = defineResource({
	path: '/sign_ups',
	table: 'signUps',
	prefix: 'sua',
	defaults: (_state, { created_at: at }) => ({ abandon_at: at + 86_400_000 }),
	routes: {
		'GET /clients': ({ state }) => {
			const ids = state.sessions.rows.map((session) => session.client_id).reverse();
			return [...new Set(ids)].map((id) => clientOf(state, id));
		},
		'GET /clients/{client_id}': ({ state, params }) => clientOf(state, params.client_id),
		// Any token of a session is one of the client.
		'POST /clients/verify': ({ state, body }) => {
			const session = state.sessions.get(String(sessionOfToken(body.token)));
			if (!session) throw refusal('token_invalid');
			return clientOf(state, session.client_id);
		},
		'POST /testing_tokens': ({ state }) => {
			const end = Math.floor(state.clock() / 1000) + 3600;
			return { token: `${end}-${state.newId('c')}`, expires_at: end };
		},
	},
});

/** A browser or a device is what its sessions say of it. @param {State} state @param {string} [id] */
function clientOf(state, id = '') {
	const sessions = state.sessions.where('client_id', id);
	if (sessions.length === 0) throw notFound('client', id);
	const last = sessions.filter(({ status }) => status === 'active').at(-1);
	return {
		...sessions[0],
		id,
		session_ids: sessions.map((session) => session.id),
		sessions,
		last_active_session_id: last?.id ?? null,
		last_authentication_strategy: 'email_code',
	};
}

module.exports = together({ signInTokens, actorTokens, agentTasks, signUps });
