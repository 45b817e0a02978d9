'use strict';

const { isDeepStrictEqual } = require('node:util');
const { badValue, found, notFound, refusal, refuse, refuseIf } = require('../errors');
const { hexId } = require('../ids');
const { defineResource, together } = require('../resource');
const { removeWhere } = require('../table');

/** Machines, and what is not authenticated by a person: tokens of machines, and API keys. */

/** @param {Row} row @param {State} state */
const showEnd = ({ expiration }, state) => ({ expired: (expiration ?? Infinity) <= state.clock() });

/** @param {Row} row @param {State} state */
const isValid = (row, state) => !row.revoked && !showEnd(row, state).expired;

/** @param {Call} call */
const revoke = ({ body: { revocation_reason = null }, save }) =>
	save({ revoked: true, revocation_reason });

/** @type {(machine: Row, id?: string) => string[]} */
const without = ({ scoped_machines: ids }, id) =>
	ids.filter((/** @type {string} */ one) => one !== id);

const MOST_SCOPES = 150;
const SCOPES = '/machines/{machine_id}/scopes';

const machines = defineResource({
	path: '/machines',
	table: 'machines',
	prefix: 'mch',
	search: ['name'],
	// `scoped_machines`: ids of those it may call; `previous_key`: the one before, and until when it works.
	defaults: (state) => ({ secret_key: hexId(state, 'ak') }),
	shown: ({ scoped_machines: ids }, state) => ({
		scoped_machines: ids.flatMap((/** @type {string} */ id) => state.machines.get(id) ?? []),
	}),
	fields({ state, body }) {
		for (const id of body.scoped_machines ?? []) machines.find(state, id);
		return body;
	},
	removing({ id }, state) {
		removeWhere([state.m2mTokens], 'subject', id);
		for (const other of state.machines.rows) other.scoped_machines = without(other, id);
	},
	routes: {
		'GET /machines/{machine_id}/secret_key': ({ row }) => ({ secret: row.secret_key }),
		'POST /machines/{machine_id}/secret_key/rotate': ({ state, row, body, save }) => {
			const until = state.clock() + body.previous_token_ttl * 1000;
			const previous_key = { key: row.secret_key, until };
			return { secret: save({ secret_key: hexId(state, 'ak'), previous_key }).secret_key };
		},
		[`POST ${SCOPES}`]: ({ state, row, body, save }) => {
			const { id } = machines.find(state, body.to_machine_id);
			refuseIf(row.scoped_machines.includes(id), 'machine_scope_already_exists');
			const isFull = row.scoped_machines.length >= MOST_SCOPES;
			refuse(isFull && badValue('to_machine_id', `would be more than ${MOST_SCOPES}`));
			save({ scoped_machines: [...row.scoped_machines, id] });
			return { from_machine_id: row.id, to_machine_id: id, created_at: state.clock() };
		},
		[`DELETE ${SCOPES}/{other_machine_id}`]: ({ row, params: { other_machine_id: id }, save }) => {
			if (!row.scoped_machines.includes(id)) throw notFound('machine scope', id);
			save({ scoped_machines: without(row, id) });
			return { from_machine_id: row.id, to_machine_id: id, deleted: true };
		},
	},
});

/** By its secret key, or by the one before while that works. @param {State} state @param {string} key */
const machineWithKey = (state, key) =>
	state.machines.rows.find(
		({ secret_key: present, previous_key: previous }) =>
			present === key || (previous?.key === key && previous.until > state.clock()),
	);

/** JWTs are in no list: verifying one is all that can be done with it. @param {Row} row */
const isListed = ({ token }) => token.startsWith('mt_');

const m2mTokens = defineResource({
	path: '/m2m_tokens',
	table: 'm2mTokens',
	prefix: (state) => hexId(state, 'mt'),
	defaults: (state) => ({ token: hexId(state, 'mt') }),
	shown: showEnd,
	filters: {
		subject: (wanted) => (row) => row.subject === wanted && isListed(row),
		revoked: (wanted) => (row) => wanted || !row.revoked,
		expired: (wanted, state) => (row) => wanted || !showEnd(row, state).expired,
	},
	// Each is refused as the document says, and takes the secret key of a machine.
	each: { refusalStatus: 400, takesMachineKey: true },
	routes: {
		'POST /m2m_tokens': { status: 201, respond: createToken },
		'GET /m2m_tokens': {
			check({ state, query: { subject }, machine = { id: subject } }) {
				refuseIf(machine.id !== subject, 'not_allowed');
				machines.find(state, subject);
			},
		},
		'POST /m2m_tokens/{m2m_token_id}/revoke': (call) => {
			const { row, machine = { id: row.subject } } = call;
			if (machine.id !== row.subject || !isListed(row)) throw notFound('M2M token', row.id);
			return revoke(call);
		},
		'POST /m2m_tokens/verify': ({ state, body, machine }) => {
			const [row] = state.m2mTokens.where('token', body.token);
			const isForIt = row && (!machine || row.scopes.includes(machine.id));
			if (!isForIt || !isValid(row, state)) throw notFound('valid M2M token');
			return state.m2mTokens.update(row, { last_used_at: state.clock() });
		},
	},
});

/** @param {Call} call */
function createToken({ state, body: { claims = null, token_format, ...body }, machine }) {
	if (!machine) throw refusal('machine_secret_key_required');
	const lifetime = body.seconds_until_expiration ?? machine.default_token_ttl;
	const remaining = body.min_remaining_ttl_seconds;
	const isOver = remaining >= lifetime;
	refuse(isOver && badValue('min_remaining_ttl_seconds', 'must be less than the lifetime'));
	const about = { subject: machine.id, claims, scopes: machine.scoped_machines };
	const fields = { ...about, expiration: state.clock() + lifetime * 1000 };
	if (token_format === 'jwt') {
		return m2mTokens.make(state, { ...fields, token: `${hexId(state, 'jwt')}.x.x` });
	}
	const until = state.clock() + remaining * 1000;
	const usable = state.m2mTokens.rows.filter(
		(row) => isListed(row) && !row.revoked && row.expiration >= until,
	);
	const known = usable.find(({ subject, claims: theirs, scopes }) =>
		isDeepStrictEqual({ subject, claims: theirs, scopes }, about),
	);
	return known ?? m2mTokens.make(state, fields);
}

const apiKeys = defineResource({
	path: '/api_keys',
	table: 'apiKeys',
	prefix: (state) => hexId(state, 'ak'),
	search: ['name'],
	defaults: (state) => ({ secret: hexId(state, 'ak') }),
	shown: showEnd,
	fields({ state, body: { seconds_until_expiration: seconds, ...body } }) {
		const { subject = 'scim_' } = body;
		const { users, organizations, machines: all } = state;
		const isKnown = [users, organizations, all].some((table) => table.get(subject));
		refuse(!isKnown && !subject.startsWith('scim_') && badValue('subject', 'does not exist'));
		const expiration = seconds === null ? null : state.clock() + seconds * 1000;
		return { ...body, ...(seconds !== undefined && { expiration }) };
	},
	filters: {
		include_invalid: (wanted, state) => (row) => wanted === 'true' || isValid(row, state),
	},
	each: { refusalStatus: 400 },
	routes: {
		'GET /api_keys/{apiKeyID}/secret': ({ row }) => ({ secret: row.secret }),
		'POST /api_keys/{apiKeyID}/revoke': revoke,
		'POST /api_keys/verify': ({ state, body }) => {
			const row = found(state.apiKeys.where('secret', body.secret)[0], 'API key');
			refuseIf(!isValid(row, state), 'api_key_invalid');
			return state.apiKeys.update(row, { last_used_at: state.clock() });
		},
	},
});

const { makers, routes } = together({ machines, m2mTokens, apiKeys });

module.exports = { ...machines, apiKeys, machineWithKey, makers, revoke, routes, showEnd };
