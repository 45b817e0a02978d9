'use strict';

/** Every operation the simulated Clerk answers, by its request line in Clerk's own document. */
module.exports = {
	...require('./billing'),
	...require('./images'),
	...require('./invitations'),
	...require('./organizationInvitations'),
	...require('./organizationMemberships'),
	...require('./organizationRoles'),
	...require('./organizations').routes,
	...require('./sessions'),
	...require('./userIdentifications'),
	...require('./users'),
	...require('./userSecurity'),
};
