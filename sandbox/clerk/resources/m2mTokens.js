'use strict';

const { isDeepStrictEqual } = require('node:util');
const { crud } = require('../crud');
const { badValue, notFound, refusal, refuse } = require('../errors');
const { isExpired, newM2mToken, presentM2mToken } = require('../records/m2mToken');
const { closed, flag, integer, nullable, text } = require('../validation');

/** @typedef {import('../state').State} State */
/** @typedef {import('../records/machine').MachineRow} MachineRow */
/** @typedef {import('../records/m2mToken').M2mTokenRow} M2mTokenRow */

const tokens = crud({
	object: 'machine_to_machine_token',
	table: (/** @type {State} */ { m2mTokens: table }) => table,
	present: presentM2mToken,
});

/** Pages of a hundred at most, with numbers instead of integers. */
const smallPages = {
	limit: { type: 'number', minimum: 1, maximum: 100, default: 10 },
	offset: nullable({ type: 'number', minimum: 0, default: 0 }),
};

const seconds = nullable({ type: 'number', minimum: 0, exclusiveMinimum: 0 });

/** JWTs are not stored: only who verifies one hears of it again. @param {M2mTokenRow} row */
const isStored = ({ token }) => token.startsWith('mt_');

/** @param {State} state @param {MachineRow} machine @param {Record<string, any>} body */
function create(state, machine, body) {
	const lifetime = body.seconds_until_expiration ?? machine.default_token_ttl;
	const remaining = body.min_remaining_ttl_seconds;
	refuse(
		...(remaining !== undefined && remaining >= lifetime
			? [badValue('min_remaining_ttl_seconds', 'must be less than the lifetime of the token')]
			: []),
	);
	const fields = {
		subject: machine.id,
		claims: body.claims ?? null,
		scopes: machine.scoped_machines,
		expiration: state.clock() + lifetime * 1000,
	};
	if (body.token_format === 'jwt') {
		const row = newM2mToken(state, fields);
		row.token = `eyJhbGciOiJub25lIn0.${Buffer.from(row.id).toString('base64url')}.x`;
		return state.m2mTokens.insert(row);
	}
	const known = state.m2mTokens
		.where('subject', machine.id)
		.find(
			(row) =>
				remaining !== undefined &&
				isStored(row) &&
				!row.revoked &&
				(row.expiration ?? Infinity) >= state.clock() + remaining * 1000 &&
				isDeepStrictEqual([row.claims, row.scopes], [fields.claims, fields.scopes]),
		);
	return known ?? state.m2mTokens.insert(newM2mToken(state, fields));
}

const ofOthers = () =>
	refusal(403, 'not_allowed', 'With the secret key of a machine, only its own tokens are there.');

const list = tokens.list(
	{ ...smallPages, subject: text, revoked: nullable(flag), expired: nullable(flag) },
	(rows, { subject, revoked, expired }, state) =>
		rows.filter(
			(row) =>
				row.subject === subject &&
				isStored(row) &&
				(revoked === true || !row.revoked) &&
				(expired === true || !isExpired(row, state)),
		),
);

/** @type {import('../server').Routes} */
const routes = {
	'POST /m2m_tokens': {
		status: 201,
		body: closed({
			token_format: { ...text, enum: ['opaque', 'jwt'] },
			seconds_until_expiration: seconds,
			claims: {},
			min_remaining_ttl_seconds: { ...integer, minimum: 0 },
		}),
		respond: ({ state, body, machine }) => {
			if (!machine) {
				const message = 'This must be authenticated with the secret key of a machine.';
				throw refusal(400, 'machine_secret_key_required', message);
			}
			const row = create(state, machine, body);
			return { ...presentM2mToken(row, state), token: row.token };
		},
	},
	'GET /m2m_tokens': {
		query: { ...list.query, required: ['subject'] },
		respond: (call) => {
			const { state, query, machine } = call;
			if (machine && machine.id !== query.subject) throw ofOthers();
			if (!state.machines.get(query.subject)) throw notFound('machine', query.subject);
			const page = /** @type {any} */ (list.respond(call));
			return { m2m_tokens: page.data, total_count: page.total_count };
		},
	},
	'POST /m2m_tokens/{m2m_token_id}/revoke': {
		body: closed({ revocation_reason: nullable(text) }),
		respond: ({ state, params, body, machine }) => {
			const row = tokens.find(state, params.m2m_token_id);
			const isTheirs = machine !== undefined && machine.id !== row.subject;
			if (isTheirs || !isStored(row)) throw notFound('M2M token', row.id);
			const reason = body.revocation_reason ?? null;
			return tokens.save(state, row, { revoked: true, revocation_reason: reason });
		},
	},
	'POST /m2m_tokens/verify': {
		body: closed({ token: text }, ['token']),
		respond: ({ state, body, machine }) => {
			const [row] = state.m2mTokens.where('token', body.token);
			const isForIt = !machine || row?.scopes.includes(machine.id);
			if (!row || !isForIt || row.revoked || isExpired(row, state)) {
				throw notFound('valid M2M token', 'given');
			}
			return tokens.save(state, row, { last_used_at: state.clock() });
		},
	},
};

// Each is refused as the document says, and takes the secret key of a machine.
for (const route of Object.values(routes)) {
	Object.assign(route, { refusalStatus: 400, takesMachineKey: true });
}

module.exports = routes;
