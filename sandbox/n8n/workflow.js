'use strict';

/**
 * @typedef {import('./api').Credential} Credential
 * @typedef {import('./api').Workflow} Workflow
 * @typedef {import('./api').WorkflowNode} WorkflowNode
 */

const CLERK = 'n8n-nodes-clerk.clerk';

/** What is run by hand starts here. */
const START = { name: 'Start', type: 'n8n-nodes-base.manualTrigger', parameters: {} };

/** @param {Credential} credential */
const using = ({ id, name, type }) => ({ [type]: { id, name } });

/**
 * @param {string} name
 * @param {Record<string, any>} parameters
 * @param {Credential} [credential]
 */
const clerkNode = (name, parameters, credential) => ({
	name,
	type: CLERK,
	parameters,
	credentials: credential && using(credential),
});

/**
 * Returns a workflow of columns of nodes, each of which leads to all nodes of the next column.
 *
 * @param {string} name
 * @param {Array<Array<Partial<WorkflowNode> & { name: string }>>} columns
 * @param {Partial<Workflow>} [rest]
 * @returns {Workflow}
 */
function workflowOf(name, columns, rest) {
	const place = (/** @type {any} */ node, /** @type {number} */ x, /** @type {number} */ y) => ({
		typeVersion: 1,
		...node,
		id: `node-${x}-${y}`,
		position: [240 * x, 200 * y],
	});
	/** @param {Array<{ name: string }>} nodes */
	const to = (nodes) => ({
		main: [nodes.map((node) => ({ node: node.name, type: 'main', index: 0 }))],
	});
	return {
		name,
		settings: { executionOrder: 'v1' },
		nodes: columns.flatMap((nodes, x) => nodes.map((node, y) => place(node, x, y))),
		connections: Object.fromEntries(
			columns.slice(1).flatMap((next, x) => columns[x].map((node) => [node.name, to(next)])),
		),
		...rest,
	};
}

module.exports = { CLERK, START, clerkNode, using, workflowOf };
