'use strict';

const { missing, notFound, refuse } = require('../errors');
const { withTotal } = require('../lists');
const { STATUSES, presentSession, revokeSession } = require('../records/session');
const { flag, oneOf, open, paging, text } = require('../validation');

/** @typedef {import('../state').State} State */
/** @typedef {import('../records/session').SessionRow} SessionRow */

/** @param {State} state @param {string} id */
function findSession(state, id) {
	const session = state.sessions.get(id);
	if (!session) throw notFound('session', id);
	return session;
}

/** Newest first. @param {State} state @param {Record<string, any>} query */
function listSessions(state, { user_id: userId, client_id: clientId, status }) {
	if (userId === undefined && clientId === undefined) refuse(missing('user_id'));
	return state.sessions.rows
		.filter((session) => userId === undefined || session.user_id === userId)
		.filter((session) => clientId === undefined || session.client_id === clientId)
		.filter((session) => status === undefined || session.status === status)
		.reverse();
}

/** @type {import('../server').Routes} */
module.exports = {
	'GET /sessions': {
		query: open({
			...paging,
			client_id: text,
			user_id: text,
			status: { ...text, ...oneOf(STATUSES) },
			paginated: flag,
		}),
		answer: ({ state, query }) => {
			const page = withTotal(listSessions(state, query), query, presentSession);
			return query.paginated ? page : page.data;
		},
	},
	'GET /sessions/{session_id}': {
		answer: ({ state, params }) => presentSession(findSession(state, params.session_id)),
	},
	'POST /sessions/{session_id}/revoke': {
		answer: ({ state, params }) =>
			presentSession(revokeSession(state, findSession(state, params.session_id))),
	},
};
