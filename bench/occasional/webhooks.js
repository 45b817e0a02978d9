'use strict';

const { randomUUID } = require('node:crypto');
const { exampleOf } = require('../../sandbox/clerk/webhooks/examples');
const { signedHeaders } = require('../../sandbox/clerk/webhooks/signed');
const { createTestApi } = require('../../test/n8n/support/api');
const { triggers } = require('../../test/n8n/support/triggers');
const { until } = require('../../sandbox/n8n/until');
const { workflowOf } = require('../../sandbox/n8n/workflow');
const { attack } = require('../../test/support/hostileRequests');
const { startProbed } = require('../lib/n8n');
const { bytes, count, grouped, ms, seconds } = require('../lib/report');
const { highest, inTurns, medians, totals } = require('../lib/statistics');

const SIZES = {
	small: { hostile: 90, burst: 20, bursts: 1, engine: 5 },
	whole: { hostile: 10_000, burst: 1_000, bursts: 3, engine: 100 },
};

/** Svix waits no longer for a response, and delivers again. */
const RESPONSE_WITHIN_S = 15;
const SETTLED = { timeoutMs: 300_000 };

/** n8n's own, as it is and with what the documentation advises: the sandbox has the older one. `moreAtMost`: than the Webhook node. */
const ENGINES = [
	{ name: 'expression engine vm, n8n’s default', lazy: 'false', moreAtMost: 2.1 },
	{ name: '… with N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE', lazy: 'true', moreAtMost: 1.2 },
];

const SECRET = `whsec_${Buffer.alloc(24, 1).toString('base64')}`;
const BODY = JSON.stringify(exampleOf({ clock: Date.now }, 'user.created'));

/** @typedef {Awaited<ReturnType<typeof openReceivers>>} Receivers */
/** @typedef {ReturnType<ReturnType<typeof triggers>['webhook']>} Receiver */

/**
 * A real n8n in a process of its own, with a workflow that starts with the Clerk Trigger and one that
 * starts with n8n's own Webhook node, both active, and nothing after them.
 *
 * @param {Record<string, string>} [env] over the settings of the sandbox
 */
async function openReceivers(env) {
	const { ask, close, cookie, url, version } = await startProbed({ env });
	const api = createTestApi(url, cookie);
	const host = triggers({ url, api });
	const clerk = await host.createTrigger(SECRET);
	const path = randomUUID();
	const parameters = { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} };
	const name = 'Webhook';
	const type = 'n8n-nodes-base.webhook';
	const node = { name, type, typeVersion: 2.1, webhookId: path, parameters };
	const workflow = await api.createWorkflow(workflowOf(name, [node]));
	const webhook = host.webhook(workflow, name, path);
	for (const each of [clerk, webhook]) await each.activate();
	/** @type {(path?: string) => Promise<import('../lib/probe').Reading>} */
	const reading = async (path = '/') => await ask(path);
	/** Executions that ended well. @param {Receiver} receiver */
	const succeeded = async (receiver) => (await reading()).succeeded[receiver.workflow.id] ?? 0;
	// The Webhook node accepts whatever comes, also what shows that it is there.
	await until(async () => (await succeeded(webhook)) > 0, 'The first execution', SETTLED);
	return { version, clerk, webhook, reading, succeeded, close };
}

/** Genuine ones, all at once, and then until every one was executed. @param {Receivers} n8n @param {Receiver} receiver @param {number} size */
async function burst({ reading, succeeded }, receiver, size) {
	const [before, cpuBefore] = [await succeeded(receiver), (await reading()).cpuMs];
	const responses = await Promise.all(
		Array.from({ length: size }, async () => {
			const headers = signedHeaders(SECRET, { id: `msg_${randomUUID()}`, body: BODY });
			// On a connection of its own: n8n closes idle ones, and what is just then sent on one is lost.
			const request = { body: BODY, headers: { ...headers, connection: 'close' } };
			return await receiver.post(request).catch(() => ({ status: 0, ms: 0 }));
		}),
	);
	const done = async () => (await succeeded(receiver)) - before;
	await until(async () => (await done()) === size, 'All executions', SETTLED).catch(() => {});
	return {
		/** Of n8n's process, for each. */
		cpuMs: ((await reading()).cpuMs - cpuBefore) / size,
		slowestS: Math.max(...responses.map((response) => response.ms)) / 1000,
		refused: responses.filter(({ status }) => status !== 200).length,
		/** Deliveries without an execution that succeeded. */
		lost: size - (await done()),
	};
}

/** Hostile requests, in two halves. @param {Receivers} n8n @param {number} half */
async function attackFigures({ clerk, reading }, half) {
	const passed = [];
	const rss = [];
	for (const part of [1, 2]) {
		passed.push(...(await attack(clerk.post, SECRET, half, part)));
		rss.push((await reading('/withoutGarbage')).rss);
	}
	if (passed.length > 0) console.error(passed.join('\n'));
	return [
		count(`${grouped(2 * half)} hostile requests: not refused`, [passed.length], 0),
		count('… executions', [await clerk.count()], 0),
		bytes(`… RSS after ${grouped(half)}`, [rss[0]]),
		bytes(`… RSS after ${grouped(half)} more`, [rss[1]], rss[0] * 1.1),
	];
}

/** @param {number} events at once @returns {Promise<import('../run').Figure[]>} */
async function engineFigures(events) {
	const figures = [];
	for (const { name, lazy: N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE, moreAtMost } of ENGINES) {
		const vm = { N8N_EXPRESSION_ENGINE: 'vm', N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE };
		const n8n = await openReceivers(vm);
		const values = [];
		for (const receiver of [n8n.clerk, n8n.webhook]) {
			await burst(n8n, receiver, 5);
			values.push((await burst(n8n, receiver, events)).cpuMs);
		}
		const title = `CPU of n8n for each of ${events} at once, ${name}`;
		figures.push(ms(title, values, values[1] * moreAtMost));
		await n8n.close();
	}
	return figures;
}

/** What reaches the trigger, beside n8n's own Webhook node, which verifies nothing. */
module.exports = {
	title: 'Deliveries, hostile and genuine',

	sizes: SIZES,

	/** @param {typeof SIZES.whole} size @returns {Promise<import('../run').Findings>} */
	async run(size) {
		const n8n = await openReceivers();
		const attacked = await attackFigures(n8n, size.hostile);
		const receivers = [n8n.clerk, n8n.webhook];
		// What n8n loads with its first executions is not counted.
		for (const receiver of receivers) await burst(n8n, receiver, 20);
		const bursts = await inTurns(
			size.bursts,
			receivers.map((receiver) => () => burst(n8n, receiver, size.burst)),
		);
		await n8n.close();
		const slowest = `${grouped(size.burst)} at once: slowest response`;
		return {
			subjects: ['Clerk', 'Webhook node'],
			conditions: [
				`n8n ${n8n.version} on SQLite, every execution saved, expression engine legacy where nothing else is said`,
				'workflows of nothing but their trigger',
				'the Webhook node responds immediately, and verifies nothing',
				'one process of n8n from first to last, which a crash would have ended',
				'RSS after a garbage collection',
				`the bursts: ${size.bursts} of each, in turns; of responses the slowest of all, of the rest the median`,
			],
			figures: [
				...attacked,
				seconds(slowest, highest(bursts, 'slowestS'), RESPONSE_WITHIN_S),
				ms('… CPU of n8n for each', medians(bursts, 'cpuMs')),
				count('… responses other than 200', totals(bursts, 'refused'), 0),
				count('… lost', totals(bursts, 'lost'), 0),
				...(await engineFigures(size.engine)),
			],
		};
	},
};
