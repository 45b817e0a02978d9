'use strict';

const { snakeCase } = require('../../../nodes/Clerk/engine/operation');
const { outputName } = require('../../../nodes/Clerk/engine/operation/view');
const { fieldsOf } = require('../../../scripts/lib/registry');

/**
 * Compares the output of an operation with the API's response: how its list is paged, which fields of
 * a record the output has or leaves out, and which of them give access.
 *
 * @typedef {import('../../../nodes/Clerk/engine/operation').Mapping} Mapping
 * @typedef {import('../../../nodes/Clerk/engine/operation').ViewField} ViewField
 * @typedef {import('../../../scripts/lib/digest').Digest} Digest
 * @typedef {import('../../../scripts/lib/digest').Facts} Facts
 * @typedef {import('../../../scripts/lib/digest').OperationFacts} OperationFacts
 * @typedef {object} Unshown fields of a record that the simplified output leaves out
 * @property {string} view `users`, or `users.phoneNumbers` for records within; `*` for all
 * @property {string[]} fields @property {string} reason
 * @typedef {{ record: string, as?: string, reason: string }} OpenUrl a record whose `url` is not redacted; `as`: its redacted name in the simplified output
 */

/** Names of fields that give access. */
const SECRET =
	/(?:^|_)(?:secret|secret_key|token|jwt|password|private_key|cookies|backup_codes|api_key)$/;

/** Returns the sortable fields of a list that are no numbers in its records. @param {Mapping} operation @param {Facts} record */
function unsortable({ returns }, record) {
	const { sortable = [] } = (returns.kind === 'list' && returns.paging.order) || {};
	return sortable.filter((name) => !['integer', 'number'].includes(record[name]?.type));
}

/** @param {Mapping} operation @param {OperationFacts} facts @param {Facts} record @returns {string[]} */
function orderLines(operation, { query: { order_by: order } = {} }, record) {
	const { returns } = operation;
	if (returns.kind !== 'list') return [];
	const { order: read } = returns.paging;
	const field = fieldsOf(operation).find(({ wire }) => wire === 'order_by')?.field;
	const offered = (field?.options ?? []).map((option) => String(/** @type {any} */ (option).value));
	const sorts = order?.sorts ?? [];
	const missing = sorts
		.flatMap((name) => [`+${name}`, `-${name}`])
		.filter((one) => !offered.includes(one));
	const more = offered.filter((one) => !sorts.includes(one.slice(1)));
	const takesLists = fieldsOf(operation).some(
		(one) => one.in === 'query' && one.field.encode === 'list',
	);
	/** @type {Array<[boolean, string]>} */
	const rules = [
		[read === undefined || order !== undefined, 'has no order in the API'],
		[
			read === undefined || (order?.default ?? read.default) === read.default,
			`is ordered by ${order?.default} in the API, not by ${read?.default}`,
		],
		[
			order === undefined || !takesLists || read !== undefined,
			'splits long lists without a word on their order',
		],
		[missing.length === 0, `does not offer the order ${missing.join(', ')}`],
		[
			order === undefined || more.length === 0,
			`offers the order ${more.join(', ')}, which the API does not know`,
		],
		[
			unsortable(operation, record).length === 0,
			`puts records in order by ${unsortable(operation, record).join(', ')}, which is no number in them`,
		],
	];
	return rules.filter(([holds]) => !holds).map(([, line]) => line);
}

/** @param {Mapping} operation @param {OperationFacts} facts @returns {string[]} */
function listLines({ returns, always = {}, batch, request }, { list, query = {} }) {
	const isRead = request.startsWith('GET');
	if (returns.kind !== 'list') return list && isRead ? ['is a list in the API'] : [];
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
			(query.paginated !== undefined) === ((paging.always?.paginated ?? always.paginated) === true),
			`${query.paginated ? 'does not ask' : 'asks'} for paginated`,
		],
		[
			(query.starting_after !== undefined) === (paging.cursor !== undefined),
			`is walked by ${query.starting_after ? 'cursor' : 'offset'} in the API`,
		],
	];
	return rules.filter(([holds]) => !holds).map(([, line]) => line);
}

/** Returns the API's name of an output field; undefined if it is derived from others. @param {ViewField} field */
function wireOf(field) {
	if (typeof field === 'string') return snakeCase(field);
	return 'wire' in field ? field.wire : undefined;
}

class Shown {
	/** @param {Digest} digest @param {Unshown[]} unshown @param {OpenUrl[]} openUrls */
	constructor(digest, unshown, openUrls) {
		this.digest = digest;
		this.openUrls = openUrls;
		this.unshown = unshown;
		/** @type {Set<string>} the entries of `unshown` that were needed */
		this.used = new Set();
	}

	/** @param {Mapping} operation @param {OperationFacts} facts @returns {string[]} */
	lines({ returns, responseType }, { response, responseType: expected, list }) {
		if ((responseType === 'text') !== (expected === 'text'))
			return [`responds with ${expected ?? 'JSON'}`];
		if (response === undefined) return [];
		const { fields, plural } = returns.view;
		// A list that is output as one item has all its rows in one field.
		const [rows] = fields;
		const isWhole = returns.kind === 'one' && list !== undefined && wireOf(rows) === list;
		if (isWhole && typeof rows !== 'string' && 'each' in rows) {
			return this.#recordLines(response, rows.each.fields, plural);
		}
		return this.#recordLines(response, fields, plural);
	}

	/** @param {string} name @param {ViewField[]} fields @param {string} path @returns {string[]} */
	#recordLines(name, fields, path) {
		const record = this.digest.records[name] ?? {};
		if (Object.keys(record).length === 0 || fields.length === 0) return [];
		const wires = fields.flatMap((field) => wireOf(field) ?? []);
		// A derived field usually has the name of the first field it is derived from.
		const shown = [...wires, ...fields.map((field) => snakeCase(outputName(field)))];
		const absent = wires.filter((wire) => !record[wire]);
		const leftOut = Object.keys(record).filter((wire) => !shown.includes(wire));
		const { as } = this.openUrls.find((one) => one.record === name) ?? {};
		const link = fields.find((field) => wireOf(field) === 'url');
		const isBare = as !== undefined && link !== undefined && outputName(link) !== as;
		return [
			...(isBare ? [`outputs a login link as ${outputName(link)}, not as ${as}`] : []),
			...absent.map((wire) => `outputs ${wire} in ${path}; the response (${name}) has none`),
			...leftOut
				.filter((wire) => !this.#isExcepted(path, wire))
				.map((wire) => `leaves ${wire} of the response (${name}) out of ${path}, without a reason`),
			...fields.flatMap((field) => {
				if (typeof field === 'string' || !('each' in field)) return [];
				const { record: inner } = record[field.wire] ?? {};
				return inner ? this.#recordLines(inner, field.each.fields, `${path}.${field.name}`) : [];
			}),
		];
	}

	/** @param {string} path @param {string} wire */
	#isExcepted(path, wire) {
		const entry = this.unshown.find(
			({ view, fields }) => (view === '*' || view === path) && fields.includes(wire),
		);
		if (entry) this.used.add(`${entry.view} ${wire}`);
		return entry !== undefined;
	}

	/** Returns the exceptions that were not needed; call it after all operations were compared. @returns {string[]} */
	stale() {
		return this.unshown.flatMap(({ view, fields }) =>
			fields
				.filter((wire) => !this.used.has(`${view} ${wire}`))
				.map((wire) => `spec/unshown.json: ${view} does not leave out ${wire}`),
		);
	}
}

/**
 * Returns the paths in a response of values that give access, as n8n's redaction writes them:
 * `phone_numbers[*].backup_codes`.
 *
 * @param {Digest} digest @param {OpenUrl[]} openUrls @param {Mapping} operation @returns {string[]}
 */
function secretOutputs(digest, openUrls, { request, returns }) {
	const { response, list } = digest.operations[request];
	if (response === undefined) return [];
	const paths = secretsIn(digest, openUrls, response, '', []);
	return returns.kind === 'list'
		? [
				...paths,
				...paths.map((path) => `${returns.view.plural}[*].${path}`),
				// API Request returns Clerk's own envelope.
				...paths.map((path) => `${list === 'array' ? 'data' : list}[*].${path}`),
			]
		: paths;
}

/** @param {Digest} digest @param {OpenUrl[]} openUrls @param {string} record @param {string} above @param {string[]} within records that hold this one @returns {string[]} */
function secretsIn(digest, openUrls, record, above, within) {
	if (within.includes(record)) return [];
	const open = openUrls.find((one) => one.record === record);
	return Object.entries(digest.records[record]).flatMap(([name, { type, record: inner }]) => {
		const path = `${above}${name}`;
		const isSecret = SECRET.test(name) && ['string', 'array', 'object', 'any'].includes(type);
		// A link may sign in on opening, so every `url` needs redaction or an exception.
		if (name === 'url' && open?.as) return [`${above}${open.as}`];
		if (isSecret || (name === 'url' && !open)) return [path];
		const list = type === 'array' ? '[*]' : '';
		return inner ? secretsIn(digest, openUrls, inner, `${path}${list}.`, [...within, record]) : [];
	});
}

module.exports = { listLines, orderLines, secretOutputs, Shown };
