'use strict';

/**
 * @typedef {import('./api').Credential} Credential
 * @typedef {import('./api').Workflow} Workflow
 * @typedef {Partial<import('./api').WorkflowNode> & { name: string }} NewNode
 */

/** What is run by hand starts here. */
const START = { name: 'Start', type: 'n8n-nodes-base.manualTrigger', parameters: {} };

/** @param {Credential} credential */
const using = ({ id, name, type }) => ({ [type]: { id, name } });

/**
 * Returns a workflow of columns of nodes, each of which leads to all nodes of the next column.
 *
 * @param {string} name
 * @param {Array<NewNode | NewNode[]>} given the columns; a node alone is one, too
 * @param {Partial<Workflow>} [rest]
 * @returns {Workflow}
 */
function workflowOf(name, given, rest) {
	const columns = given.map((column) => [column].flat());
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

module.exports = { START, using, workflowOf };
