'use strict';

const { crud } = require('../crud');
const { badValue, notFound, refusal, refuse } = require('../errors');
const { newApiKey, presentApiKey } = require('../records/apiKey');
const { isExpired } = require('../records/m2mToken');
const { closed, nullable, text, texts } = require('../validation');

/** @typedef {import('../state').State} State */
/** @typedef {import('../records/apiKey').ApiKeyRow} ApiKeyRow */

const keys = crud({
	object: 'api_key',
	table: (/** @type {State} */ { apiKeys: table }) => table,
	present: presentApiKey,
});

const subject = { ...text, pattern: '^(user|org|mch|scim)_\\w{27}$' };

const fields = {
	claims: {},
	scopes: texts,
	description: nullable({ ...text, maxLength: 255 }),
	subject,
	seconds_until_expiration: nullable({ type: 'number', minimum: 0, exclusiveMinimum: 0 }),
};

/** @param {State} state @param {string} [id] */
const subjectRules = (state, id) =>
	id === undefined || id.startsWith('scim_') || subjectsIn(state).some((table) => table.get(id))
		? []
		: [badValue('subject', 'is nobody there is')];

/** @param {State} state */
const subjectsIn = ({ users, organizations, machines }) => [users, organizations, machines];

/** @param {State} state @param {Record<string, any>} body */
function settingsOf(state, { seconds_until_expiration: seconds, ...body }) {
	refuse(...subjectRules(state, body.subject));
	const end = seconds === null ? null : state.clock() + seconds * 1000;
	return { ...body, ...(seconds !== undefined && { expiration: end }) };
}

/** @param {ApiKeyRow} row @param {State} state */
const isValid = (row, state) => !row.revoked && !isExpired(row, state);

const list = keys.list(
	{
		limit: { type: 'number', minimum: 1, maximum: 100, default: 10 },
		offset: nullable({ type: 'number', minimum: 0, default: 0 }),
		type: { ...text, default: 'api_key' },
		subject,
		include_invalid: { enum: ['true', 'false'], default: 'false' },
		query: text,
	},
	(rows, query, state) =>
		rows.filter(
			(row) =>
				row.subject === query.subject &&
				row.type === query.type &&
				(query.include_invalid === 'true' || isValid(row, state)) &&
				row.name.toLowerCase().includes((query.query ?? '').toLowerCase()),
		),
);

/** @type {import('../server').Routes} */
const routes = {
	'GET /api_keys': { ...list, query: { ...list.query, required: ['subject'] } },
	'POST /api_keys': {
		body: closed(
			{
				...fields,
				type: { ...text, minLength: 3, maxLength: 25 },
				name: { ...text, minLength: 3, pattern: '^(\\S(.*\\S)?)?$' },
				created_by: nullable({ ...text, pattern: '^user_\\w{27}$' }),
			},
			['name', 'subject'],
		),
		respond: ({ state, body }) => {
			const settings = /** @type {any} */ (settingsOf(state, body));
			const row = state.apiKeys.insert(newApiKey(state, settings));
			return { ...presentApiKey(row, state), secret: row.secret };
		},
	},
	'GET /api_keys/{apiKeyID}': keys.get('apiKeyID'),
	'PATCH /api_keys/{apiKeyID}': keys.update('apiKeyID', closed(fields), (body, _row, state) =>
		settingsOf(state, body),
	),
	'DELETE /api_keys/{apiKeyID}': keys.delete('apiKeyID'),
	'GET /api_keys/{apiKeyID}/secret': {
		respond: ({ state, params }) => ({ secret: keys.find(state, params.apiKeyID).secret }),
	},
	'POST /api_keys/{apiKeyID}/revoke': {
		body: closed({ revocation_reason: nullable(text) }),
		respond: ({ state, params, body: { revocation_reason: reason = null } }) =>
			keys.save(state, keys.find(state, params.apiKeyID), {
				revoked: true,
				revocation_reason: reason,
			}),
	},
	'POST /api_keys/verify': {
		body: closed({ secret: text }, ['secret']),
		respond: ({ state, body }) => {
			const [row] = state.apiKeys.where('secret', body.secret);
			if (!row) throw notFound('API key', 'with this secret');
			if (!isValid(row, state)) throw refusal(400, 'api_key_invalid', 'The API key is over.');
			return keys.save(state, row, { last_used_at: state.clock() });
		},
	},
};

for (const route of Object.values(routes)) route.refusalStatus = 400;

module.exports = routes;
