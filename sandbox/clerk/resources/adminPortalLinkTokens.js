'use strict';

const { defineResource } = require('../resource');
const { isExpired } = require('./m2mTokens');

module.exports = defineResource({
	path: '/admin_portal_link_tokens',
	table: 'adminPortalLinkTokens',
	// Sixteen bytes, and not like the other ids.
	prefix: (state) => `aplt_${Buffer.from(state.newId('aplt')).subarray(-16).toString('hex')}`,
	defaults: (state) => ({
		admin_portal_link_id: state.newId('apl'),
		instance_id: 'ins_2NNEqL2nrIRdJ194ndJqAHwEfxC',
		scopes: [],
		revoked: false,
		expiration: state.clock() + 3_600_000,
	}),
	shown: (row, state) => ({ expired: isExpired(row, state), token: `aplt_secret_${row.id}` }),
	fields: ({ state, body: { seconds_until_expiration: seconds = 3600, ...body } }) => ({
		...body,
		expiration: state.clock() + seconds * 1000,
	}),
	routes: {
		'POST /admin_portal_link_tokens': { status: 201 },
		'POST /admin_portal_link_tokens/{adminPortalLinkTokenID}/revoke': ({ body, save }) =>
			save({ revoked: true, revocation_reason: body.revocation_reason ?? null }),
	},
});
