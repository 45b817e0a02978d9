'use strict';

const fastify = require('fastify').default;

/**
 * A chat model that follows a script, for nodes that use OpenAI's chat completions.
 *
 * @typedef {{ tool: string, args: Record<string, any> } | string | ((results: string[]) => string)} Turn - a call of a tool, or the final text, which may depend on the results of the tools
 * @typedef {{ role: string, content: any, tool_call_id?: string }} Message
 * @typedef {{ name: string, description: string, parameters: { properties: Record<string, any>, required?: string[] } }} Tool
 * @typedef {{ messages: Message[], tools?: Array<{ function: Tool }> }} ChatRequest
 */

/** The results of the tools in a request. @param {ChatRequest | undefined} request @returns {string[]} */
const resultsIn = (request) =>
	(request?.messages ?? [])
		.filter(({ role }) => role === 'tool')
		.map(({ content }) => String(content));

/** @param {Turn} turn @param {ChatRequest[]} requests the last one is that of this turn */
function messageOf(turn, requests) {
	const count = requests.length;
	if (typeof turn === 'function') turn = turn(resultsIn(requests[count - 1]));
	if (typeof turn === 'string') return { role: 'assistant', content: turn };
	const call = { name: turn.tool, arguments: JSON.stringify(turn.args) };
	const toolCalls = [{ id: `call_${count}`, type: 'function', function: call }];
	return { role: 'assistant', content: null, tool_calls: toolCalls };
}

async function startChatModel() {
	/** @type {Turn[]} */
	let turns = [];
	/** @type {ChatRequest[]} */
	let requests = [];
	const server = fastify({ forceCloseConnections: true });
	server.post('/v1/chat/completions', async ({ body }, reply) => {
		requests.push(/** @type {ChatRequest} */ (body));
		const turn = turns[requests.length - 1];
		if (turn === undefined) return await reply.code(500).send({ error: { message: 'No turn' } });
		const message = messageOf(turn, requests);
		const reason = 'tool_calls' in message ? 'tool_calls' : 'stop';
		return {
			id: `chatcmpl-${requests.length}`,
			object: 'chat.completion',
			created: 0,
			model: 'scripted',
			choices: [{ index: 0, message, finish_reason: reason }],
			usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
		};
	});
	const address = await server.listen({ host: '127.0.0.1', port: 0 });
	return {
		url: `${address}/v1`,

		/** Sets the turns, one for each request. @param {Turn[]} next */
		script(next) {
			turns = next;
			requests = [];
		},

		/** The tools offered to the model. */
		get tools() {
			return (requests[0]?.tools ?? []).map((tool) => tool.function);
		},

		/** The results of the tools as the model received them. @returns {string[]} */
		get results() {
			return resultsIn(requests[requests.length - 1]);
		},

		close: async () => await server.close(),
	};
}

module.exports = { startChatModel };
