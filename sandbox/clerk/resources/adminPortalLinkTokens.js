'use strict';

const { notFound } = require('../errors');
const { closed, integer, nullable, text } = require('../validation');

/**
 * @typedef {object} LinkTokenRow
 * @property {string} id
 * @property {string} admin_portal_link_id
 * @property {string | null} organization_id
 * @property {string | null} it_contact_id
 * @property {string[]} scopes
 * @property {boolean} revoked
 * @property {string | null} revocation_reason
 * @property {number} expiration
 * @property {number} created_at
 * @property {number} updated_at
 */

const name = { ...text, minLength: 1 };

/** Sixteen bytes, and not like the other ids. @param {import('../state').State} state */
const newTokenId = (state) =>
	`aplt_${Buffer.from(state.newId('aplt')).subarray(-16).toString('hex')}`;

/** @param {import('../state').State} state @param {LinkTokenRow} row */
const present = (state, row) => ({
	object: 'admin_portal_link_token',
	...row,
	instance_id: 'ins_2NNEqL2nrIRdJ194ndJqAHwEfxC',
	expired: row.expiration <= state.clock(),
});

/** @type {import('../server').Routes} */
module.exports = {
	'POST /admin_portal_link_tokens': {
		status: 201,
		body: closed({
			organization_id: { ...text, pattern: '^org_\\w{27}$' },
			it_contact_id: name,
			scopes: { type: 'array', items: name },
			seconds_until_expiration: { ...integer, minimum: 0, maximum: 86_400 },
		}),
		respond: ({ state, body }) => {
			const at = state.clock();
			const row = state.adminPortalLinkTokens.insert({
				id: newTokenId(state),
				admin_portal_link_id: state.newId('apl', at),
				organization_id: body.organization_id ?? null,
				it_contact_id: body.it_contact_id ?? null,
				scopes: body.scopes ?? [],
				revoked: false,
				revocation_reason: null,
				expiration: at + (body.seconds_until_expiration ?? 3600) * 1000,
				created_at: at,
				updated_at: at,
			});
			return { ...present(state, row), token: `aplt_secret_${row.id}` };
		},
	},
	'POST /admin_portal_link_tokens/{adminPortalLinkTokenID}/revoke': {
		body: closed({ revocation_reason: nullable(text) }),
		respond: ({ state, params, body }) => {
			const id = params.adminPortalLinkTokenID ?? '';
			const row = state.adminPortalLinkTokens.get(id);
			if (!row) throw notFound('admin portal link token', id);
			const changes = { revoked: true, revocation_reason: body.revocation_reason ?? null };
			const saved = { ...changes, updated_at: state.clock() };
			return present(state, state.adminPortalLinkTokens.update(row, saved));
		},
	},
};
