'use strict';

const { existsSync, readFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { mappingsIn } = require('../../nodes/Clerk/engine/operation');
const digestOfClerk = require('../../spec/digest.json');
const fixesOfClerk = require('../../spec/fixes.json');
const openUrlsOfClerk = require('../../spec/openUrls.json');
const uncoveredOfClerk = require('../../spec/uncovered.json');
const unshownOfClerk = require('../../spec/unshown.json');
const { listLines, orderLines, secretOutputs, Shown } = require('./judge/answers');
const { formLines } = require('./judge/fields');
const { unknownIn } = require('./judge/wire');

/**
 * Holds the registry against the facts of Clerk's document. One line a disagreement. The rules stand
 * in `judge`: `fields` for forms, `answers` for lists and outputs, `wire` for requests.
 *
 * @typedef {import('../../nodes/Clerk/engine/operation').Mapping} Mapping
 * @typedef {import('../../nodes/Clerk/engine/operation').Resource} Resource
 * @typedef {import('../../scripts/lib/digest').Digest} Digest
 * @typedef {import('../../scripts/lib/digest').OperationFacts} OperationFacts
 * @typedef {import('./judge/answers').Unshown} Unshown
 * @typedef {import('./judge/answers').OpenUrl} OpenUrl
 * @typedef {{ operation: string, field?: string, facts: Record<string, unknown>, reason: string }} Fix
 * @typedef {{ operation: string, reason: string }} Uncovered
 */

/**
 * @param {Digest} digest
 * @param {Fix[]} fixes
 * @returns {{ digest: Digest, stale: string[] }} with the fixes applied, and those that fix nothing any more
 */
function applyFixes(digest, fixes) {
	const fixed = structuredClone(digest);
	const stale = fixes.flatMap(({ operation, field, facts }) => {
		const [place, name] = (field ?? '').split(' ');
		const facts_ = /** @type {any} */ (fixed.operations[operation]);
		const target = name === undefined ? facts_ : facts_?.[place]?.[name];
		const before = JSON.stringify(target);
		if (target) Object.assign(target, facts);
		return before === undefined || before === JSON.stringify(target)
			? [`spec/fixes.json: ${operation} ${field ?? ''} needs no fix any more`]
			: [];
	});
	return { digest: fixed, stale };
}

class Judge {
	/** @param {Digest} digest with fixes @param {{ unshown?: Unshown[], openUrls?: OpenUrl[] }} [said] what is so on purpose */
	constructor(digest, { unshown = [], openUrls = [] } = {}) {
		this.digest = digest;
		this.openUrls = openUrls;
		this.shown = new Shown(digest, unshown, openUrls);
	}

	/**
	 * The fields that an operation may send, by place and name. Where it splits what the form holds
	 * over two requests, those of the second one too.
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
		const record = this.digest.records[facts.answer ?? ''] ?? {};
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
		// Of these, n8n's lint knows one name only.
		const isNamedByLint = value === 'getAll' || value === 'upsert';
		const saysSo = isNamedByLint && /deprecated/i.test(`${description} ${notice}`);
		if ((saysSo || name.endsWith('(Deprecated)')) === deprecated) return [];
		return [deprecated ? 'is deprecated, and does not say so' : 'is not deprecated, and says so'];
	}

	/**
	 * Where the answer to an operation holds what gives access to something, as n8n's redaction names
	 * it: `phone_numbers[*].backup_codes`.
	 *
	 * @param {Mapping} operation
	 */
	secretOutputs(operation) {
		return secretOutputs(this.digest, this.openUrls, operation);
	}

	/** Operations of the API that the registry has not, or has twice. @param {Resource[]} resources @param {Uncovered[]} uncovered @returns {string[]} */
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

	/** What a request holds that the API does not know. @param {import('./recorder').WireRequest} request @returns {string[]} */
	unknownIn(request) {
		return unknownIn(this.digest, request);
	}
}

/** Holds Clerk's facts, as fixed. */
function clerkJudge() {
	const digest = /** @type {Digest} */ (/** @type {unknown} */ (digestOfClerk));
	const { digest: fixed, stale } = applyFixes(digest, fixesOfClerk);
	return {
		judge: new Judge(fixed, { unshown: unshownOfClerk, openUrls: openUrlsOfClerk }),
		stale,
		uncovered: /** @type {Uncovered[]} */ (uncoveredOfClerk),
	};
}

/** The stored values that the project gives the operations of Clerk's document, where the list of them is at hand: `user.get` and its route. */
function storedRoutes() {
	const file = join(dirname(process.env.CLERK_OPENAPI_FILE ?? ''), 'operations.tsv');
	if (!existsSync(file)) return undefined;
	const [, ...rows] = readFileSync(file, 'utf8').trim().split('\n');
	return rows
		.map((row) => row.split('\t'))
		.map(([resource, value, method, path]) => `${resource}.${value} ${method} ${path}`);
}

module.exports = { applyFixes, clerkJudge, Judge, storedRoutes };
