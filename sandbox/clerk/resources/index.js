'use strict';

/** Every operation the simulated Clerk has, by its request line in Clerk's own document. */
module.exports = {
	...require('./accessLists').routes,
	...require('./billing').routes,
	...require('./directories').routes,
	...require('./domains').routes,
	...require('./enterpriseConnections').routes,
	...require('./identifications').routes,
	...require('./instance').routes,
	...require('./invitations').routes,
	...require('./machines').routes,
	...require('./organizationDomains').routes,
	...require('./oauthApplications').routes,
	...require('./organizationMemberships').routes,
	...require('./organizations').routes,
	...require('./roles').routes,
	...require('./sessions').routes,
	...require('./signIn').routes,
	...require('./templates').routes,
	...require('./trustedDevices').routes,
	...require('./users').routes,
};
