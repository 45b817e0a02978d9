'use strict';

const { existsSync, readFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { mappingsIn } = require('../../nodes/Clerk/engine/operation');
const additionsToClerk = require('../../spec/additions.json');
const digestOfClerk = require('../../spec/digest.json');
const fixesOfClerk = require('../../spec/fixes.json');
const openUrlsOfClerk = require('../../spec/openUrls.json');
const uncoveredOfClerk = require('../../spec/uncovered.json');
const unshownOfClerk = require('../../spec/unshown.json');
const { withAdditions } = require('./additions');
const { listLines, orderLines, secretOutputs, Shown } = require('./judge/responses');
const { formLines } = require('./judge/fields');
const { unknownIn } = require('./judge/wire');

/**
 * Compares the registry with the facts of Clerk's document, one line a disagreement. The rules are in
 * `judge`: `fields` for forms, `responses` for lists and outputs, `wire` for requests.
 *
 * @typedef {import('../../nodes/Clerk/engine/operation').Mapping} Mapping
 * @typedef {import('../../nodes/Clerk/engine/operation').Resource} Resource
 * @typedef {import('../../scripts/lib/digest').Digest} Digest
 * @typedef {import('../../scripts/lib/digest').OperationFacts} OperationFacts
 * @typedef {import('./judge/responses').Unshown} Unshown
 * @typedef {import('./judge/responses').OpenUrl} OpenUrl
 * @typedef {{ operation: string, field?: string, facts: Record<string, unknown>, reason: string }} Fix
 * @typedef {{ operation: string, reason: string }} Uncovered
 */

/**
 * @param {Digest} digest
 * @param {Fix[]} fixes
 * @returns {{ digest: Digest, stale: string[] }} the digest with the fixes, and the fixes that change nothing
 */
function applyFixes(digest, fixes) {
	const fixed = structuredClone(digest);
	const stale = fixes.flatMap(({ operation, field, facts }) => {
		const [location, name] = (field ?? '').split(' ');
		const ofOperation = /** @type {any} */ (fixed.operations[operation]);
		const target = name === undefined ? ofOperation : ofOperation?.[location]?.[name];
		const before = JSON.stringify(target);
		if (target) Object.assign(target, facts);
		return before === undefined || before === JSON.stringify(target)
			? [`spec/fixes.json: ${operation} ${field ?? ''} needs no fix any more`]
			: [];
	});
	return { digest: fixed, stale };
}

class Judge {
	/** @param {Digest} digest with fixes @param {{ unshown?: Unshown[], openUrls?: OpenUrl[] }} [exceptions] */
	constructor(digest, { unshown = [], openUrls = [] } = {}) {
		this.digest = digest;
		this.openUrls = openUrls;
		this.shown = new Shown(digest, unshown, openUrls);
	}

	/**
	 * Returns the fields that an operation may send, by location and name; those of a second request
	 * included.
	 *
	 * @param {Mapping} operation
	 * @returns {import('./judge/fields').Known}
	 */
	facts(operation) {
		const { path = {}, query = {}, body = {} } = this.digest.operations[operation.request] ?? {};
		const second = operation.split && this.digest.operations[`${operation.request}/metadata`];
		return { path, query, body: { ...second?.body, ...body } };
	}

	/** @param {string} resource @param {Mapping} operation @returns {string[]} */
	disagreements(resource, operation) {
		const name = `${resource}.${operation.value}`;
		const facts = this.digest.operations[operation.request];
		if (!facts) return [`${name}: the API has no ${operation.request}`];
		const record = this.digest.records[facts.response ?? ''] ?? {};
		return [
			...this.#nameLines(operation, facts),
			...formLines(operation, this.facts(operation), facts),
			...listLines(operation, facts),
			...orderLines(operation, facts, record),
			...this.shown.lines(operation, facts),
		].map((line) => `${name}: ${line}`);
	}

	/** @param {Mapping} operation @param {OperationFacts} facts @returns {string[]} */
	#nameLines({ name, value, description, notice = '' }, { deprecated = false }) {
		// n8n's lint rules allow only one name for these.
		const isNamedByLint = value === 'getAll' || value === 'upsert';
		const saysSo = isNamedByLint && /deprecated/i.test(`${description} ${notice}`);
		if ((saysSo || name.endsWith('(Deprecated)')) === deprecated) return [];
		return [deprecated ? 'is deprecated, and does not say so' : 'is not deprecated, and says so'];
	}

	/**
	 * Returns the paths in an operation's response of values that give access, as n8n's redaction writes
	 * them: `phone_numbers[*].backup_codes`.
	 *
	 * @param {Mapping} operation
	 */
	secretOutputs(operation) {
		return secretOutputs(this.digest, this.openUrls, operation);
	}

	/** Returns a line for each operation of the API that the registry lacks or has twice. @param {Resource[]} resources @param {Uncovered[]} uncovered @returns {string[]} */
	uncovered(resources, uncovered) {
		const lines = resources.flatMap(mappingsIn).map(({ request }) => String(request));
		const left = uncovered.map(({ operation }) => operation);
		return [
			...Object.keys(this.digest.operations).flatMap((route) => {
				const times = lines.filter((line) => line === route).length;
				if (times > 1) return [`${route}: ${times} operations`];
				return times === 0 && !left.includes(route) ? [`${route}: no operation`] : [];
			}),
			...left
				.filter((route) => lines.includes(route))
				.map((route) => `spec/uncovered.json: ${route} is covered`),
			...left
				.filter((route) => !this.digest.operations[route])
				.map((route) => `spec/uncovered.json: there is no ${route}`),
		];
	}

	/** Returns the parts of a request that the API does not know. @param {import('./recorder').WireRequest} request @returns {string[]} */
	unknownIn(request) {
		return unknownIn(this.digest, request);
	}
}

/** Returns a judge of the API: the facts of Clerk's document, the fixes applied, and those it lacks. */
function clerkJudge() {
	const digest = /** @type {Digest} */ (/** @type {unknown} */ (digestOfClerk));
	const { digest: fixed, stale } = applyFixes(digest, fixesOfClerk);
	const { api, stale: known } = withAdditions(fixed, additionsToClerk);
	return {
		judge: new Judge(api, { unshown: unshownOfClerk, openUrls: openUrlsOfClerk }),
		stale: [...stale, ...known],
		uncovered: /** @type {Uncovered[]} */ (uncoveredOfClerk),
	};
}

/** Returns the specified stored values and routes, such as `user.get GET /users/{user_id}`, if their list is beside Clerk's document. */
function storedRoutes() {
	const folder = dirname(process.env.CLERK_OPENAPI_FILE ?? '');
	const files = ['operations.tsv', 'operations-added.tsv'].map((name) => join(folder, name));
	if (!existsSync(files[0])) return undefined;
	return files
		.filter((file) => existsSync(file))
		.flatMap((file) => readFileSync(file, 'utf8').trim().split('\n').slice(1))
		.map((row) => row.split('\t'))
		.map(([resource, value, method, path]) => `${resource}.${value} ${method} ${path}`);
}

module.exports = { clerkJudge, Judge, storedRoutes };
