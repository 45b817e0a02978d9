'use strict';

/** Every operation the simulated Clerk answers, by its request line in Clerk's own document. */
module.exports = {
	...require('./accessLists'),
	...require('./apiKeys'),
	...require('./adminPortalLinkTokens'),
	...require('./billing'),
	...require('./directories'),
	...require('./domains'),
	...require('./enterpriseConnections'),
	...require('./identifications'),
	...require('./images'),
	...require('./invitations'),
	...require('./m2mTokens'),
	...require('./machines'),
	...require('./organizationDomains'),
	...require('./organizationInvitations'),
	...require('./organizationMemberships'),
	...require('./organizationPermissions'),
	...require('./organizationRoles'),
	...require('./organizations').routes,
	...require('./roleSets'),
	...require('./sessions'),
	...require('./signIn'),
	...require('./userIdentifications'),
	...require('./users'),
	...require('./userSecurity'),
};
