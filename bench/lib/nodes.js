'use strict';

/**
 * The nodes that scenarios compare: this one, and what a user would pick instead, set as somebody does who has
 * read both Clerk's and n8n's documentation.
 *
 * @typedef {import('./n8n').Subject} Subject
 */

/** The most that Clerk gives at once. */
const PAGE = 500;

/** @param {Record<string, any>} parameters @returns {Subject} */
const clerkNode = (parameters) => ({ type: 'n8n-nodes-clerk.clerk', typeVersion: 1, parameters });

const OF_CLERK = { authentication: 'predefinedCredentialType', nodeCredentialType: 'clerkApi' };

/** @param {Record<string, any>} parameters @returns {Subject} */
const httpNode = (parameters) => ({
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.5,
	parameters: { ...OF_CLERK, ...parameters },
});

/** Reads a whole list, of users if no other resource is named. @param {Record<string, any>} [parameters] */
const clerkList = (parameters) => {
	const wholeList = { operation: 'getAll', returnAll: true, output: 'raw' };
	return clerkNode({ resource: 'user', ...wholeList, ...parameters });
};

/** Reads all users. @param {string} url Clerk's */
function httpList(url) {
	const cursor = { name: 'starting_after', value: '={{ $response.body?.at(-1)?.id }}' };
	const pagination = {
		paginationMode: 'updateAParameterInEachRequest',
		parameters: { parameters: [{ type: 'qs', ...cursor }] },
		paginationCompleteWhen: 'other',
		completeExpression: `={{ $response.body.length < ${PAGE} }}`,
	};
	const query = [
		{ name: 'limit', value: String(PAGE) },
		{ name: 'order_by', value: '-created_at' },
	];
	return httpNode({
		url: `${url}/users`,
		sendQuery: true,
		queryParameters: { parameters: query },
		options: { pagination: { pagination } },
	});
}

/** Gives the user whose ID is `$json.id` another first name. @param {string} firstName a name, or an expression */
const clerkRename = (firstName) =>
	clerkNode({
		resource: 'user',
		operation: 'update',
		userId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
		updateFields: { firstName },
	});

/**
 * The same. Without `continueRegularOutput` the first update that is refused would stop the execution, and all
 * that come after it would be lost.
 *
 * @param {string} url Clerk's
 * @param {string} firstName a name, or an expression
 * @param {{ batchSize: number, batchInterval: number }} [batch]
 * @returns {Subject}
 */
const httpRename = (url, firstName, batch) => ({
	...httpNode({
		method: 'PATCH',
		url: `=${url}/users/{{ $json.id }}`,
		sendBody: true,
		bodyParameters: { parameters: [{ name: 'first_name', value: firstName }] },
		options: batch ? { batching: { batch } } : {},
	}),
	onError: 'continueRegularOutput',
});

module.exports = { PAGE, clerkList, clerkRename, httpList, httpRename };
