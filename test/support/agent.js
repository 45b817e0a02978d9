'use strict';

/**
 * Workflows with an AI Agent of n8n's that has Clerk nodes as its tools.
 *
 * @typedef {import('../../sandbox/n8n/api').Credential} Credential
 * @typedef {{ parameters: Record<string, any>, credential: Credential } & Record<string, any>} ClerkTool
 */

const LANGCHAIN = '@n8n/n8n-nodes-langchain';

/**
 * Returns the expression that n8n's editor writes into a field for the model to fill in, named after
 * the label of the field.
 *
 * @param {string} label
 * @param {'string' | 'number' | 'boolean' | 'json'} [type]
 * @param {string} [description]
 */
const fromAI = (label, type = 'string', description = '') =>
	`={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${label.replace(/[^a-zA-Z0-9-]/g, '_')}', \`${description}\`, '${type}') }}`;

/**
 * Returns the newest version of the agent, which the editor would add: n8n 1.123 lacks the one of 2.40.
 *
 * @param {import('../../sandbox/n8n/api').Api} api
 * @returns {Promise<number>}
 */
async function newestAgent(api) {
	const agents = (await api.nodeTypes()).filter(({ name }) => name === `${LANGCHAIN}.agent`);
	return Math.max(...agents.flatMap(({ version }) => version));
}

/** @param {Credential} credential */
const using = ({ id, name, type }) => ({ [type]: { id, name } });

/**
 * @param {Record<string, ClerkTool>} tools by the names of their nodes
 * @param {Credential} model
 * @param {number} agentVersion
 * @returns {import('../../sandbox/n8n/api').Workflow}
 */
function workflowWithAgent(tools, model, agentVersion) {
	const nodes = [
		{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
		{
			name: 'AI Agent',
			type: `${LANGCHAIN}.agent`,
			typeVersion: agentVersion,
			parameters: { promptType: 'define', text: 'Help', options: {} },
		},
		{
			name: 'Model',
			type: `${LANGCHAIN}.lmChatOpenAi`,
			typeVersion: 1.3,
			parameters: {
				model: { __rl: true, mode: 'id', value: 'scripted' },
				responsesApiEnabled: false,
				options: { maxRetries: 0 },
			},
			credentials: using(model),
		},
		...Object.entries(tools).map(([name, { credential, ...tool }]) => ({
			name,
			type: 'n8n-nodes-clerk.clerkTool',
			typeVersion: 1,
			credentials: using(credential),
			...tool,
		})),
	];
	/** @param {string} type */
	const toAgent = (type) => ({ [type]: [[{ node: 'AI Agent', type, index: 0 }]] });
	return {
		name: 'Agent',
		settings: { executionOrder: 'v1' },
		nodes: nodes.map((node, x) => ({ ...node, id: `node-${x}`, position: [x, 0] })),
		connections: {
			Start: toAgent('main'),
			Model: toAgent('ai_languageModel'),
			...Object.fromEntries(Object.keys(tools).map((name) => [name, toAgent('ai_tool')])),
		},
	};
}

module.exports = { fromAI, newestAgent, workflowWithAgent };
