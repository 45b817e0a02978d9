'use strict';

const { existsSync, readFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { mappingsIn, snakeCase } = require('../../nodes/Clerk/engine/operation');
const { fieldName } = require('../../nodes/Clerk/engine/views');
const { fieldsOf } = require('../../scripts/lib/registry');
const digestOfClerk = require('../../spec/digest.json');
const fixesOfClerk = require('../../spec/fixes.json');
const uncoveredOfClerk = require('../../spec/uncovered.json');

/**
 * Holds the registry against the facts of Clerk's document. One line a disagreement.
 *
 * @typedef {import('../../nodes/Clerk/engine/operation').Mapping} Mapping
 * @typedef {import('../../nodes/Clerk/engine/operation').Resource} Resource
 * @typedef {import('../../nodes/Clerk/engine/operation').Field} Field
 * @typedef {import('../../scripts/lib/digest').Digest} Digest
 * @typedef {import('../../scripts/lib/digest').Fact} Fact
 * @typedef {import('../../scripts/lib/digest').OperationFacts} OperationFacts
 * @typedef {{ operation: string, field?: string, facts: Record<string, unknown>, reason: string }} Fix
 * @typedef {{ operation: string, reason: string }} Uncovered
 */

const PLACES = /** @type {const} */ (['path', 'query', 'body']);

/** What the engine sends by itself with every list. */
const OF_PAGING = ['limit', 'offset', 'paginated', 'starting_after'];

/** Names of what gives access to something. */
const SECRET =
	/(?:^|_)(?:secret|secret_key|token|jwt|password|private_key|cookies|backup_codes|api_key)$/;

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

/** The types of a form's field that can hold what the API takes. @param {string} type @returns {string[]} */
function fittingTypes(type) {
	switch (type) {
		case 'boolean':
			return ['boolean'];
		case 'integer':
		case 'number':
			return ['number', 'dateTime'];
		case 'object':
			return ['json', 'fixedCollection'];
		case 'array':
			return ['string', 'multiOptions', 'json', 'fixedCollection'];
		case 'string':
			return ['string', 'options', 'resourceLocator', 'dateTime'];
		default:
			return [];
	}
}

/** A query holds text, so a yes or no may be written out. @param {Fact} fact */
const isYesOrNo = ({ enum: values = [] }) => [...values].sort().join() === 'false,true';

/** @param {Field} field @param {Fact} fact @returns {string[]} */
function typeComplaints(field, fact) {
	const type = isYesOrNo(fact) ? 'boolean' : fact.type;
	const fitting = fittingTypes(type);
	if (fitting.length > 0 && !fitting.includes(field.type)) {
		return [`is ${field.type}; the API takes ${type}`];
	}
	const isTable = field.type === 'fixedCollection';
	const sendsList =
		field.encode === 'list' || field.type === 'multiOptions' || (isTable && field.encode !== 'map');
	if (type === 'array' && !sendsList && field.type !== 'json') return ['does not send a list'];
	if (type !== 'array' && type !== 'any' && sendsList)
		return [`sends a list; the API takes ${type}`];
	if (type === 'object' && !isTable && field.encode !== 'object')
		return ['takes other JSON than an object'];
	if (field.type === 'dateTime' && (field.encode === 'isoDate') !== (type === 'string')) {
		return [
			`sends a date as ${field.encode === 'isoDate' ? 'text' : 'a number'}; the API takes ${type}`,
		];
	}
	if ((fact.explode === false) !== (field.explode === false)) {
		return [`is ${fact.explode === false ? 'one value with commas' : 'a repeated key'} in the API`];
	}
	return [];
}

/** @param {Field} field @param {Fact} fact @returns {string[]} */
function enumComplaints(field, fact) {
	const isChoice = field.type === 'options' || field.type === 'multiOptions';
	if (!fact.enum || !isChoice || isYesOrNo(fact)) return [];
	const offered = (field.options ?? []).map((option) => String(/** @type {any} */ (option).value));
	const documented = fact.enum.map(String);
	const more = offered.filter((value) => !documented.includes(value));
	const fewer = documented.filter((value) => value !== '' && !offered.includes(value));
	return [
		...(more.length > 0 ? [`offers ${more.join(', ')}, which the API does not know`] : []),
		...(fewer.length > 0 ? [`does not offer ${fewer.join(', ')}`] : []),
	];
}

/** @param {Field} field @param {Fact} fact @returns {string[]} */
function boundComplaints({ type, typeOptions = {} }, fact) {
	if (type !== 'number') return [];
	const { minValue, maxValue } = typeOptions;
	return [
		...(minValue !== undefined && fact.minimum !== undefined && minValue < fact.minimum
			? [`allows ${minValue}; the API takes ${fact.minimum} and more`]
			: []),
		...(minValue === undefined && fact.minimum !== undefined
			? [`has no lower bound; the API takes ${fact.minimum} and more`]
			: []),
		...(fact.maximum !== undefined && (maxValue ?? Infinity) > fact.maximum
			? [`has no bound of ${fact.maximum}, which the API has`]
			: []),
	];
}

class Judge {
	/** @param {Digest} digest with fixes */
	constructor(digest) {
		this.digest = digest;
	}

	/**
	 * The fields that an operation may send, by place and name. Where it splits what the form holds
	 * over two requests, those of the second one too.
	 *
	 * @param {Mapping} operation
	 * @returns {Record<'path' | 'query' | 'body', Record<string, Fact>>}
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
		return [
			...this.#nameLines(operation, facts),
			...this.#fieldLines(operation),
			...this.#missingLines(operation, facts),
			...this.#listLines(operation, facts),
			...this.#answerLines(operation, facts),
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

	/** @param {Mapping} operation @returns {string[]} */
	#fieldLines(operation) {
		const known = this.facts(operation);
		return fieldsOf(operation).flatMap(({ field, wire, parameter, in: place, required }) => {
			const at = `${parameter} (${place} ${wire})`;
			const fact = known[/** @type {'body'} */ (place)]?.[wire];
			if (!fact) return this.#isWithinFree(known, wire) ? [] : [`${at} is unknown to the API`];
			// Of a list that several items share, the form holds one entry.
			const entry = wire === operation.batch?.list ? { ...fact, type: fact.items ?? 'any' } : fact;
			const isNeeded = fact.required === true && this.#isReached(known, place, wire);
			return [
				...(isNeeded === required ? [] : [`is ${isNeeded ? '' : 'not '}required in the API`]),
				...typeComplaints(field, entry),
				...enumComplaints(field, entry),
				...boundComplaints(field, entry),
			].map((line) => `${at} ${line}`);
		});
	}

	/** What stands in an object with free keys is the form's own affair. @param {Record<string, Record<string, Fact>>} known @param {string} wire */
	#isWithinFree({ body }, wire) {
		const [above] = wire.split('.');
		return (
			wire.includes('.') &&
			['object', 'any'].includes(body[above]?.type) &&
			!this.#hasParts(body, above)
		);
	}

	/** @param {Record<string, Fact>} facts @param {string} wire */
	#hasParts = (facts, wire) => Object.keys(facts).some((name) => name.startsWith(`${wire}.`));

	/** Whether a field is needed: in an object that may be left out nothing is, in a row of a table what the row needs. @param {Record<string, Record<string, Fact>>} known @param {string} place @param {string} wire @returns {boolean} */
	#isReached(known, place, wire) {
		const above = wire.split('.').slice(0, -1).join('.');
		if (above === '') return true;
		const fact = known[place][above];
		return (
			fact.type === 'array' || (fact.required === true && this.#isReached(known, place, above))
		);
	}

	/** @param {Mapping} operation @param {OperationFacts} facts @returns {string[]} */
	#missingLines(operation, facts) {
		const omitted = Object.keys(operation.omitted ?? {});
		const sent = [
			...fieldsOf(operation).map(({ wire }) => wire),
			...omitted,
			...Object.keys(operation.always ?? {}),
			...(operation.returns.kind === 'list' ? OF_PAGING : []),
		];
		// A field for the whole of an object covers its parts, and fields for all of its parts the whole.
		const isCovered = (/** @type {string} */ wire) =>
			sent.includes(wire) ||
			sent.some((other) => other.startsWith(`${wire}.`)) ||
			isPartOfWhole(wire);
		const isPartOfWhole = (/** @type {string} */ wire) =>
			sent.some(
				(other) =>
					wire.startsWith(`${other}.`) && !sent.some((part) => part.startsWith(`${other}.`)),
			);
		const known = this.facts(operation);
		const unknown = omitted.filter((wire) => !PLACES.some((place) => known[place][wire]));
		return [
			...PLACES.flatMap((place) =>
				Object.keys(facts[place] ?? {})
					.filter((wire) => !isCovered(wire))
					.map((wire) => `${place} ${wire} is neither on the form nor omitted`),
			),
			...unknown.map((wire) => `omits ${wire}, which the API does not know`),
		];
	}

	/** @param {Mapping} operation @param {OperationFacts} facts @returns {string[]} */
	#listLines({ returns, always = {}, batch, request }, { list, query = {} }) {
		const isRead = request.startsWith('GET');
		if (returns.kind !== 'list') {
			return list && isRead ? ['is a list in the API'] : [];
		}
		const { paging } = returns;
		/** @type {Array<[boolean, string]>} */
		const rules = [
			[list !== undefined, 'is no list in the API'],
			[!batch, 'is a list and a batch'],
			[
				list === paging.shape ||
					(list === 'array' && query.paginated !== undefined && paging.shape === 'data'),
				`holds its rows in ${list}, not in ${paging.shape}`,
			],
			[
				(query.limit === undefined) === (paging.whole === true),
				`is ${query.limit ? 'paged' : 'not paged'} in the API`,
			],
			[
				paging.whole === true || paging.pageSize === (query.limit?.maximum ?? paging.pageSize),
				`asks for pages of ${paging.pageSize}; the API gives ${query.limit?.maximum}`,
			],
			[
				(query.paginated !== undefined) ===
					((paging.always?.paginated ?? always.paginated) === true),
				`${query.paginated ? 'does not ask' : 'asks'} for paginated`,
			],
			[
				(query.starting_after !== undefined) === (paging.cursor !== undefined),
				`is walked by ${query.starting_after ? 'cursor' : 'offset'} in the API`,
			],
			[paging.order === undefined || query.order_by !== undefined, 'has no order in the API'],
		];
		return rules.filter(([holds]) => !holds).map(([, line]) => line);
	}

	/** What the documented output takes from the answer must be there. @param {Mapping} operation @param {OperationFacts} facts @returns {string[]} */
	#answerLines({ returns, answers }, { answer, answers: other }) {
		if ((answers === 'text') !== (other === 'text')) return [`answers with ${other ?? 'JSON'}`];
		const record = answer === undefined ? undefined : this.digest.records[answer];
		if (!record || Object.keys(record).length === 0) return [];
		return returns.view.fields
			.filter((field) => typeof field === 'string' || 'each' in field)
			.map(fieldName)
			.filter((name) => !record[snakeCase(name)])
			.map((name) => `outputs ${name}; the answer (${answer}) has no ${snakeCase(name)}`);
	}

	/**
	 * Where the answer to an operation holds what gives access to something, as n8n's redaction names
	 * it: `phone_numbers[*].backup_codes`.
	 *
	 * @param {Mapping} operation
	 */
	secretOutputs({ request, returns }) {
		const { answer } = this.digest.operations[request];
		if (answer === undefined) return [];
		const paths = this.#secretsIn(answer, '', []);
		return returns.kind === 'list'
			? [...paths, ...paths.map((path) => `${returns.view.plural}[*].${path}`)]
			: paths;
	}

	/** @param {string} record @param {string} above @param {string[]} within records that hold this one @returns {string[]} */
	#secretsIn(record, above, within) {
		if (within.includes(record)) return [];
		return Object.entries(this.digest.records[record]).flatMap(
			([name, { type, record: inner }]) => {
				const path = `${above}${name}`;
				if (SECRET.test(name) && ['string', 'array', 'object', 'any'].includes(type)) return [path];
				const list = type === 'array' ? '[*]' : '';
				return inner ? this.#secretsIn(inner, `${path}${list}.`, [...within, record]) : [];
			},
		);
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

	/** The operation of the API that a request calls; fixed segments before named ones. @param {string} method @param {string} path */
	find(method, path) {
		const given = path.split('/');
		const fits = (/** @type {string} */ route) => {
			const [routeMethod, template] = route.split(' ');
			const wanted = template.split('/');
			return (
				routeMethod === method &&
				wanted.length === given.length &&
				wanted.every((part, at) => part === given[at] || (part.startsWith('{') && given[at] !== ''))
			);
		};
		const names = (/** @type {string} */ route) => route.split('{').length;
		return Object.keys(this.digest.operations)
			.filter(fits)
			.sort((a, b) => names(a) - names(b))[0];
	}

	/** What a request holds that the API does not know. @param {import('./recorder').WireRequest} request @returns {string[]} */
	unknownIn({ method, path, query = {}, body }) {
		const route = this.find(method, path);
		if (!route) return [`no ${method} ${path}`];
		const facts = this.digest.operations[route];
		const isOdd = body !== undefined && facts.sends === undefined;
		const entries = Array.isArray(body) ? body : [body ?? {}];
		return [
			...(isOdd ? [`${route} takes no body`] : []),
			...Object.keys(query)
				.filter((name) => !facts.query?.[name])
				.map((name) => `${route}: query ${name}`),
			...entries
				.flatMap((entry) => this.#unknownParts(entry, facts.body ?? {}, ''))
				.map((name) => `${route}: body ${name}`),
		];
	}

	/** @param {any} value @param {Record<string, Fact>} facts @param {string} above @returns {string[]} */
	#unknownParts(value, facts, above) {
		if (value === null || typeof value !== 'object') return [];
		if (Array.isArray(value))
			return value.flatMap((entry) => this.#unknownParts(entry, facts, above));
		return Object.entries(value).flatMap(([name, inner]) => {
			const path = `${above}${name}`;
			if (!facts[path]) return facts[above.slice(0, -1)]?.open ? [] : [path];
			return this.#hasParts(facts, path) ? this.#unknownParts(inner, facts, `${path}.`) : [];
		});
	}
}

/** Holds Clerk's facts, as fixed. */
function clerkJudge() {
	const digest = /** @type {Digest} */ (/** @type {unknown} */ (digestOfClerk));
	const { digest: fixed, stale } = applyFixes(digest, fixesOfClerk);
	return {
		judge: new Judge(fixed),
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
