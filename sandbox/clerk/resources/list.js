'use strict';

const { together } = require('../resource');

/** The resources that have tables, by the name of their file. */
module.exports = together({
	accessLists: require('./accessLists'),
	billing: require('./billing'),
	directories: require('./directories'),
	domains: require('./domains'),
	enterpriseConnections: require('./enterpriseConnections'),
	invitations: require('./invitations'),
	machines: require('./machines'),
	organizationDomains: require('./organizationDomains'),
	oauthApplications: require('./oauthApplications'),
	organizationMemberships: require('./organizationMemberships'),
	organizations: require('./organizations'),
	roles: require('./roles'),
	sessions: require('./sessions'),
	signIn: require('./signIn'),
	templates: require('./templates'),
	trustedDevices: require('./trustedDevices'),
	users: require('./users'),
});
