'use strict';

const { CLERK_NODE, HTTP_NODE } = require('./realN8n');

/** Nodes that give the user whose ID is `$json.id` another first name: this one, and what a user would pick instead. */

/** @param {string} firstName a name, or an expression */
const clerkNode = (firstName) => ({
	...CLERK_NODE,
	parameters: {
		resource: 'user',
		operation: 'update',
		userId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
		updateFields: { firstName },
	},
});

/**
 * @param {string} url Clerk's
 * @param {string} firstName a name, or an expression
 * @param {{ batchSize: number, batchInterval: number }} [batch]
 */
const httpNode = (url, firstName, batch) => ({
	...HTTP_NODE,
	parameters: {
		method: 'PATCH',
		url: `=${url}/users/{{ $json.id }}`,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'clerkApi',
		sendBody: true,
		bodyParameters: { parameters: [{ name: 'first_name', value: firstName }] },
		options: batch ? { batching: { batch } } : {},
	},
});

/** Otherwise the first that is refused stops the execution, and all that come after it are lost. */
const onError = 'continueRegularOutput';

module.exports = { clerkNode, httpNode, onError };
