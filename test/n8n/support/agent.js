'use strict';

const { using } = require('../../../sandbox/n8n/workflow');

/**
 * Workflows with an AI Agent of n8n's that has Clerk nodes as its tools.
 *
 * @typedef {import('../../../sandbox/n8n/api').Credential} Credential
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
 * @param {import('./api').TestApi} api
 * @returns {Promise<number>}
 */
async function newestAgent(api) {
	const agents = (await api.nodeTypes()).filter(({ name }) => name === `${LANGCHAIN}.agent`);
	return Math.max(...agents.flatMap(({ version }) => version));
}

/** The trigger and the agent side by side, and what the agent uses in a row below. @param {number} at */
const positionOf = (at) => (at < 2 ? [240 * at, 0] : [240 + 180 * (at - 2), 240]);

/** What starts the agent, and what it is asked. */
const STARTS = {
	manual: {
		trigger: { name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1 },
		prompt: { promptType: 'define', text: 'Help' },
	},
	chat: {
		trigger: {
			name: 'Chat',
			type: `${LANGCHAIN}.chatTrigger`,
			// From 1.2 on it has more options; this is the newest that all supported versions have alike.
			typeVersion: 1.1,
			webhookId: '0d0f8a0e-7a3b-4c58-8f0c-5b0a3c1d9e42',
		},
		prompt: { promptType: 'auto' },
	},
};

/**
 * @param {Record<string, ClerkTool>} tools by the names of their nodes
 * @param {Credential} model
 * @param {number} agentVersion
 * @param {keyof typeof STARTS} [start]
 * @returns {import('../../../sandbox/n8n/api').Workflow}
 */
function workflowWithAgent(tools, model, agentVersion, start = 'manual') {
	const { trigger, prompt } = STARTS[start];
	const nodes = [
		{ ...trigger, parameters: {} },
		{
			name: 'AI Agent',
			type: `${LANGCHAIN}.agent`,
			typeVersion: agentVersion,
			parameters: { ...prompt, options: {} },
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
		nodes: nodes.map((node, at) => ({ ...node, id: `node-${at}`, position: positionOf(at) })),
		connections: {
			[trigger.name]: toAgent('main'),
			Model: toAgent('ai_languageModel'),
			...Object.fromEntries(Object.keys(tools).map((name) => [name, toAgent('ai_tool')])),
		},
	};
}

module.exports = { fromAI, newestAgent, workflowWithAgent };
