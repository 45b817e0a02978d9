'use strict';

const { defineResource } = require('../resource');
const { findUser } = require('../records/user');

const PATH = '/users/{user_id}/trusted_devices';

module.exports = defineResource({
	path: PATH,
	table: 'trustedDevices',
	prefix: 'tdev',
	order: '+created_at',
	parent: findUser,
	where: ({ status }) => status === 'active',
	routes: {
		[`DELETE ${PATH}/{trusted_device_id}`]: ({ state, save }) =>
			save({ status: 'revoked', revoked_at: state.clock() }),
	},
});
