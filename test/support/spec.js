'use strict';

const { execFile } = require('node:child_process');
const { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { dirname, join } = require('node:path');

const json = (/** @type {object} */ schema) => ({ content: { 'application/json': { schema } } });

const THING = { $ref: '#/components/schemas/Thing' };

/**
 * Returns a small OpenAPI document of an API of things.
 *
 * @param {{ words?: string, isChanged?: boolean }} [options] `words`: used in descriptions; `isChanged`: its next version
 */
function documentWith({ words = 'Some', isChanged = false } = {}) {
	const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
	const color = {
		name: 'color',
		in: 'query',
		explode: false,
		schema: { type: 'array', items: { type: 'string' } },
	};
	const order = {
		name: 'order_by',
		in: 'query',
		description: `${words} \`created_at\` and \`color\`, as in \`-created_at\`; see \`starting_after\`.`,
		schema: { type: 'string', default: '-created_at' },
	};
	const list = {
		summary: words,
		parameters: [
			{ name: 'limit', in: 'query', schema: { type: 'integer', maximum: 500 } },
			...(isChanged ? [] : [color]),
			order,
		],
		responses: {
			200: json({
				type: 'object',
				properties: { data: { type: 'array', items: THING }, total_count: { type: 'integer' } },
			}),
		},
	};
	const body = {
		type: 'object',
		required: isChanged ? ['name', 'note'] : ['name'],
		properties: {
			name: { type: 'string', description: words, maxLength: isChanged ? 20 : 10 },
			kind: { type: ['string', 'null'], enum: ['a', 'b', ...(isChanged ? ['c'] : []), null] },
			parts: {
				type: 'array',
				items: {
					type: 'object',
					required: ['size'],
					properties: { size: { type: 'integer', minimum: 1 } },
				},
			},
			...(isChanged && { note: { type: 'string' } }),
		},
	};
	const create = {
		deprecated: isChanged,
		requestBody: json(body),
		responses: { 201: json(THING) },
	};
	const one = isChanged
		? { get: { parameters: [id], responses: { 200: json(THING) } } }
		: {
				delete: { deprecated: true, parameters: [id], responses: { 204: { description: words } } },
			};
	return JSON.stringify({
		openapi: '3.1.0',
		info: { version: '2000-01-01' },
		paths: { '/things': { get: list, post: create }, '/things/{id}': one },
		components: {
			schemas: {
				Thing: {
					type: 'object',
					required: ['id'],
					properties: {
						id: { type: 'string' },
						...(isChanged && { label: { type: 'string' } }),
						parent: { allOf: [THING], nullable: true },
					},
				},
			},
		},
	});
}

/** Returns Clerk's document, if CLERK_OPENAPI_FILE is set. */
function readDocument() {
	const file = process.env.CLERK_OPENAPI_FILE;
	return file ? readFileSync(file, 'utf8') : undefined;
}

/** Returns Clerk's newest document of webhooks, if it is beside the one that CLERK_OPENAPI_FILE names. */
function readWebhooksDocument() {
	const file = process.env.CLERK_OPENAPI_FILE;
	if (!file) return undefined;
	const names = readdirSync(dirname(file)).filter((name) => /^webhooks-.*\.yml$/.test(name));
	const newest = names.sort().at(-1);
	return newest && readFileSync(join(dirname(file), newest), 'utf8');
}

/** Returns the types of events of Clerk's SDK, as it publishes them. */
function sdkEventTypes() {
	const types = join(
		dirname(require.resolve('@clerk/backend')),
		'api',
		'resources',
		'Webhooks.d.ts',
	);
	return readFileSync(types, 'utf8');
}

/**
 * Calls back with the arguments of `npm run spec:watch` for some sources.
 *
 * @template T
 * @param {Record<string, string>} sources by kind: the text of a document, or a version of the SDK
 * @param {(given: string[]) => Promise<T>} work
 */
async function withSources(sources, work) {
	const folder = mkdtempSync(join(tmpdir(), 'watch-'));
	const given = Object.entries(sources).map(([kind, text]) => {
		if (kind === 'sdk') return `${kind}=${text}`;
		const file = join(folder, kind);
		writeFileSync(file, text);
		return `${kind}=${file}`;
	});
	try {
		return await work(given);
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/** Runs `npm run spec:watch` on a document of the API. @param {string} bapi */
const runDiff = async (bapi) => await withSources({ bapi }, runWatch);

/** Runs `npm run spec:watch`. @param {string[]} given @returns {Promise<{ code: number, output: string }>} */
const runWatch = async (given) =>
	await new Promise((resolve) => {
		const script = join(__dirname, '..', '..', 'scripts', 'watchClerk.js');
		const command = [require.resolve('tsx/cli'), script, ...given];
		execFile(process.execPath, command, { maxBuffer: 1e8 }, (error, output) =>
			resolve({ code: typeof error?.code === 'number' ? error.code : 0, output }),
		);
	});

module.exports = {
	documentWith,
	readDocument,
	readWebhooksDocument,
	runDiff,
	runWatch,
	sdkEventTypes,
	withSources,
};
