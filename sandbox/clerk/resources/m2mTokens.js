'use strict';

const { isDeepStrictEqual } = require('node:util');
const { badValue, notFound, refusal, refuse } = require('../errors');
const { hexId } = require('../ids');
const { defineResource } = require('../resource');

/** JWTs are not stored: only who verifies one hears of it again. @param {Row} row */
const isStored = ({ token }) => token.startsWith('mt_');

/** What has an end, and may be behind it. @param {Row} row @param {State} state */
const isExpired = ({ expiration }, state) => expiration !== null && expiration <= state.clock();

const tokens = defineResource({
	path: '/m2m_tokens',
	table: 'm2mTokens',
	prefix: (state) => hexId(state, 'mt'),
	defaults: (state) => ({
		claims: null,
		scopes: [],
		token: hexId(state, 'mt'),
		revoked: false,
		revocation_reason: null,
		expiration: state.clock() + 3_600_000,
		last_used_at: null,
	}),
	shown: (row, state) => ({ expired: isExpired(row, state) }),
	filters: {
		subject: (wanted) => (row) => row.subject === wanted && isStored(row),
		revoked: (wanted) => (row) => wanted || !row.revoked,
		expired: (wanted, state) => (row) => wanted || !isExpired(row, state),
	},
	// Each is refused as the document says, and takes the secret key of a machine.
	each: { refusalStatus: 400, takesMachineKey: true },
	routes: {
		'POST /m2m_tokens': { status: 201, respond: create },
		'GET /m2m_tokens': {
			check({ state, query, machine }) {
				if (machine && machine.id !== query.subject) {
					const message = 'With the secret key of a machine, only its own tokens are there.';
					throw refusal(403, 'not_allowed', message);
				}
				if (!state.machines.get(query.subject)) throw notFound('machine', query.subject);
			},
		},
		'POST /m2m_tokens/{m2m_token_id}/revoke': ({ row, body, machine, save }) => {
			const isTheirs = machine !== undefined && machine.id !== row.subject;
			if (isTheirs || !isStored(row)) throw notFound('M2M token', row.id);
			return save({ revoked: true, revocation_reason: body.revocation_reason ?? null });
		},
		'POST /m2m_tokens/verify': ({ state, body, machine }) => {
			const [row] = state.m2mTokens.where('token', body.token);
			const isForIt = !machine || row?.scopes.includes(machine.id);
			if (!row || !isForIt || row.revoked || isExpired(row, state)) {
				throw notFound('valid M2M token', 'given');
			}
			const now = state.clock();
			return state.m2mTokens.update(row, { last_used_at: now, updated_at: now });
		},
	},
});

/** @param {Call} call */
function create({ state, body, machine }) {
	if (!machine) {
		const message = 'This must be authenticated with the secret key of a machine.';
		throw refusal(400, 'machine_secret_key_required', message);
	}
	const lifetime = body.seconds_until_expiration ?? machine.default_token_ttl;
	const remaining = body.min_remaining_ttl_seconds;
	if (remaining >= lifetime) {
		refuse(badValue('min_remaining_ttl_seconds', 'must be less than the lifetime of the token'));
	}
	const fields = {
		subject: machine.id,
		claims: body.claims ?? null,
		scopes: machine.scoped_machines,
		expiration: state.clock() + lifetime * 1000,
	};
	if (body.token_format === 'jwt') {
		const id = hexId(state, 'mt');
		const token = `eyJhbGciOiJub25lIn0.${Buffer.from(id).toString('base64url')}.x`;
		return tokens.make(state, { ...fields, id, token });
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
	return known ?? tokens.make(state, fields);
}

module.exports = { ...tokens, isExpired };
