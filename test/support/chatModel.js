'use strict';

const fastify = require('fastify').default;

/**
 * A chat model that says what a test wrote down, for nodes that talk to OpenAI's chat completions.
 *
 * @typedef {{ tool: string, args: Record<string, any> } | string} Turn - a call of a tool, or the last word
 * @typedef {{ role: string, content: any, tool_call_id?: string }} Message
 * @typedef {{ name: string, description: string, parameters: { properties: Record<string, any>, required?: string[] } }} Tool
 * @typedef {{ messages: Message[], tools?: Array<{ function: Tool }> }} Asked
 */

/** @param {Turn} turn @param {number} count */
function messageOf(turn, count) {
	if (typeof turn === 'string') return { role: 'assistant', content: turn };
	const call = { name: turn.tool, arguments: JSON.stringify(turn.args) };
	const toolCalls = [{ id: `call_${count}`, type: 'function', function: call }];
	return { role: 'assistant', content: null, tool_calls: toolCalls };
}

async function startChatModel() {
	/** @type {Turn[]} */
	let turns = [];
	/** @type {Asked[]} */
	let asked = [];
	const server = fastify({ forceCloseConnections: true });
	server.post('/v1/chat/completions', async ({ body }, reply) => {
		asked.push(/** @type {Asked} */ (body));
		const turn = turns[asked.length - 1];
		if (turn === undefined) return await reply.code(500).send({ error: { message: 'No turn' } });
		const message = messageOf(turn, asked.length);
		const reason = typeof turn === 'string' ? 'stop' : 'tool_calls';
		return {
			id: `chatcmpl-${asked.length}`,
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

		/** What it will say, one turn for each time it is asked. @param {Turn[]} next */
		script(next) {
			turns = next;
			asked = [];
		},

		/** The tools it was offered. */
		get tools() {
			return (asked[0]?.tools ?? []).map((tool) => tool.function);
		},

		/** What the tools answered, as it got to read it. @returns {string[]} */
		get results() {
			const { messages = [] } = asked[asked.length - 1] ?? {};
			return messages.filter(({ role }) => role === 'tool').map(({ content }) => String(content));
		},

		close: async () => await server.close(),
	};
}

module.exports = { startChatModel };
