'use strict';

const { badValue, notFound, refusal, refuse } = require('../errors');
const { hexId } = require('../ids');
const { defineResource } = require('../resource');
const { isExpired } = require('./m2mTokens');

/** @param {Row} row @param {State} state */
const isValid = (row, state) => !row.revoked && !isExpired(row, state);

/** @param {State} state @param {string} id */
const isSubject = ({ users, organizations, machines }, id) =>
	id.startsWith('scim_') || [users, organizations, machines].some((table) => table.get(id));

module.exports = defineResource({
	path: '/api_keys',
	table: 'apiKeys',
	prefix: (state) => hexId(state, 'ak'),
	search: ['name'],
	defaults: (state) => ({
		type: 'api_key',
		description: null,
		claims: null,
		scopes: [],
		secret: hexId(state, 'ak'),
		revoked: false,
		revocation_reason: null,
		expiration: null,
		created_by: null,
		last_used_at: null,
	}),
	shown: (row, state) => ({ expired: isExpired(row, state) }),
	fields({ state, body: { seconds_until_expiration: seconds, ...body } }) {
		const isKnown = body.subject === undefined || isSubject(state, body.subject);
		if (!isKnown) refuse(badValue('subject', 'is nobody there is'));
		const expiration = seconds === null ? null : state.clock() + seconds * 1000;
		return { ...body, ...(seconds !== undefined && { expiration }) };
	},
	filters: {
		include_invalid: (wanted, state) => (row) => wanted === 'true' || isValid(row, state),
	},
	each: { refusalStatus: 400 },
	routes: {
		'GET /api_keys/{apiKeyID}/secret': ({ row }) => ({ secret: row.secret }),
		'POST /api_keys/{apiKeyID}/revoke': ({ body, save }) =>
			save({ revoked: true, revocation_reason: body.revocation_reason ?? null }),
		'POST /api_keys/verify': ({ state, body }) => {
			const [row] = state.apiKeys.where('secret', body.secret);
			if (!row) throw notFound('API key', 'with this secret');
			if (!isValid(row, state)) throw refusal(400, 'api_key_invalid', 'The API key is over.');
			const now = state.clock();
			return state.apiKeys.update(row, { last_used_at: now, updated_at: now });
		},
	},
});
