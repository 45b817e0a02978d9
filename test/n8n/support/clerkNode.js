'use strict';

const { using } = require('../../../sandbox/n8n/workflow');

const CLERK = 'n8n-nodes-clerk.clerk';

/** @param {string} name @param {Record<string, any>} parameters @param {import('../../../sandbox/n8n/api').Credential} [credential] */
const clerkNode = (name, parameters, credential) => ({
	name,
	type: CLERK,
	parameters,
	credentials: credential && using(credential),
});

module.exports = { CLERK, clerkNode };
