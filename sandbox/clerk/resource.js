'use strict';

const { api } = require('../../scripts/lib/clerkApi');
const { notFound, refuse, taken } = require('./errors');
const { rowsOf } = require('./lists');
const { described } = require('./schemas');
const { shape } = require('./shape');
const { defaultsOf } = require('./table');
const { pickBy } = require('./values');

/**
 * A resource from the facts of Clerk's document: what its operations take, how its records look and how
 * its lists page are in `spec/digest.json`; the definition has the rules that it has in prose only.
 *
 * A field of the document needs no code: a request may have it, the row keeps it, a response shows it.
 * What a new row has goes into `seeds/defaults.json`, what follows from other fields into `shown`, a rule for
 * what a request may say into `fields`, or into `prose.json` where JSON schema has a word for it.
 * `resources/domains.js` is a short example.
 *
 * @typedef {import('./server').Call & {
 *   row: any,
 *   save: (changes: Values) => Row,
 *   rows: (most?: number) => Row[],
 *   fields: () => Values,
 * }} Call `row`: the one that the path names; `rows`: those that the query asks for, in its order, all of
 *   them or the first; `fields`: what the body sets
 *
 * @typedef {(call: Call) => any} Handler
 *
 * @typedef {Partial<import('./server').Settings> & { check?: Handler, respond?: Handler }} Operation `check`:
 *   refuses before anything happens; `respond`: where it is not the usual operation of its method. It returns
 *   a row, rows (of a list, all of them: the page is taken from them), or values
 *
 * @typedef {Record<string, (wanted: any, state: State, query: Values) => (row: any) => boolean>} Filters
 *
 * @typedef {object} Definition
 * @property {string} path of its list and of its creation: `/machines`
 * @property {string} table where the rows are
 * @property {string | ((state: State) => string)} [prefix] of its ids, or what makes one
 * @property {(row: any, name: string, method?: string) => boolean} [isNamed] a path names it, not by its id
 * @property {(state: State, row: Values) => Values} [defaults] beside those in `seeds/defaults.json`
 * @property {(row: any, state: State) => Values} [shown] what responses have beside the fields of the row
 * @property {(row: any, state: State, query?: any) => Values} [present] a record that its fields do not make
 * @property {string[]} [unique] fields whose value no two rows have
 * @property {(call: Call) => Values} [fields] what a body sets, if not its own fields; may refuse
 * @property {(row: any, state: State) => Values | void} [removing] refuses a deletion, or takes along what
 *   belongs to the row; returns what the response has beside the id
 * @property {(state: State, id: string) => unknown} [parent] refuses a path within what is not there
 * @property {(row: any) => boolean} [where] the rows of the table that are of this resource
 * @property {string[]} [search] the fields in which `query` looks for a text
 * @property {Filters} [filters] those that are not equality
 * @property {Record<string, (row: any, state: State) => any>} [orders] values to sort by that are no fields
 * @property {string} [order] of a list that takes no `order_by`
 * @property {Partial<Route>} [each] settings of all its operations
 * @property {Record<string, Operation | Handler>} [routes] those that are not as usual, by request line
 *
 * @typedef {Record<string, (state: State, fields?: Values) => any>} Makers what makes a row, by table
 * @typedef {{ makers: Makers, routes: Routes }} Made
 */

/** @param {string} path @returns {string[]} the names in it */
const paramsIn = (path) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => String(name));

const LINES = Object.keys(api.operations);

/** The path of one row: `/machines/{machine_id}` for `/machines`. @param {string} path */
function pathOfRow(path) {
	const paths = LINES.map((line) => line.split(' ')[1] ?? '');
	const found = paths.find((other) => other.startsWith(`${path}/{`));
	return found?.slice(0, found.indexOf('}', path.length) + 1);
}

/**
 * The routes of a resource, and functions that find, make and show its rows. The usual operations are those
 * that the document has of a list (GET, POST) and of a row (GET, PATCH, DELETE).
 * @param {Definition} definition
 */
function defineResource(definition) {
	const { path, table, isNamed, unique = [], routes: special = {} } = definition;
	const parents = paramsIn(path);
	const rowPath = pathOfRow(path);
	const rowParam = paramsIn(rowPath ?? '').at(-1) ?? '';
	const usual = [
		`GET ${path}`,
		`POST ${path}`,
		...['GET', 'PATCH', 'DELETE'].map((method) => `${method} ${rowPath}`),
	].filter((line) => LINES.includes(line));
	const requestLines = [...new Set([...usual, ...Object.keys(special)])];
	const recordOf = (/** @type {string} */ line) => api.operations[line]?.response ?? '';
	/** What Clerk calls it: `redirect_url`. */
	const object = String(
		usual.map((line) => api.records[recordOf(line)]?.object?.enum?.[0]).find(Boolean) ?? table,
	);

	/** @param {State} state */
	const tableIn = (state) => state[table];

	// What the path names before the row's own is a field of the row.
	/** @param {Row} row @param {Values} given */
	const isWithin = (row, given) =>
		(definition.where?.(row) ?? true) &&
		parents.every((name) => given[name] === undefined || row[name] === given[name]);

	/** Every row of the table is in every list, as those of users are, of which there can be many. */
	const isWhole = parents.length === 0 && !definition.where;

	/** @param {State} state @param {Values} given @returns {readonly Row[]} */
	function within(state, given) {
		const index = parents.find((name) => given[name] !== undefined);
		const rows = index ? tableIn(state).where(index, given[index]) : tableIn(state).rows;
		return isWhole ? rows : rows.filter((row) => isWithin(row, given));
	}

	/** @type {(state: State, id?: string, given?: Values, method?: string) => any} */
	function find(state, id = '', given = {}, method) {
		const row = isNamed
			? within(state, given).find((one) => isNamed(one, id, method))
			: tableIn(state).get(id);
		if (!row || !isWithin(row, given)) throw notFound(object.replaceAll('_', ' '), id);
		return row;
	}

	/** Makes a row, and keeps it. @param {State} state @param {Values} [fields] @returns {any} */
	function make(state, fields = {}) {
		const { prefix = object } = definition;
		const at = fields.created_at ?? state.clock();
		const id = typeof prefix === 'string' ? state.newId(prefix, at) : prefix(state);
		const given = pickBy(fields, (value) => value !== undefined);
		const row = { id, created_at: at, updated_at: at, ...given };
		const defaults = { ...defaultsOf(table), ...definition.defaults?.(state, row) };
		return tableIn(state).insert({ ...defaults, ...row });
	}

	/** What a request sets; null is "not given" where it cannot be. @param {string} line @param {Call} call */
	function fieldsOf(line, call) {
		const known = api.operations[line]?.body ?? {};
		const body = pickBy(call.body, (_value, field) => Object.hasOwn(known, field));
		const others = within(call.state, call.params).filter((other) => other !== call.row);
		const isTaken = (/** @type {string} */ name) =>
			others.some((other) => other[name] === body[name]);
		refuse(...unique.filter(isTaken).map(taken));
		const fields = definition.fields?.({ ...call, body }) ?? body;
		const facts = api.records[recordOf(line)] ?? {};
		return pickBy(fields, (value, field) => value !== null || facts[field]?.nullable);
	}

	/** As a response has it. @type {(state: State, row: any, record?: string, query?: Values) => Values} */
	const show = (state, row, record = recordOf(usual[0] ?? ''), query = {}) =>
		definition.present?.(row, state, query) ??
		shape(record, { ...row, ...definition.shown?.(row, state) });

	/** A record, or a page as the document has it. @type {(line: string, call: Call, result: any) => any} */
	function shown(line, { state, query }, result) {
		const { list } = api.operations[line] ?? {};
		if (result === undefined) return undefined;
		const record = recordOf(line);
		const present = (/** @type {any} */ one) =>
			tableIn(state).get(one.id) === one ? show(state, one, record, query) : shape(record, one);
		if (!list) return present(result);
		const { limit = result.length, offset = 0, paginated } = query;
		const page = result.slice(offset, offset + limit).map(present);
		if (list === 'array' && !paginated) return page;
		return { [list === 'array' ? 'data' : list]: page, total_count: result.length };
	}

	/** What an operation does unless it says otherwise. @param {string} line @returns {Handler} */
	function usualOf(line) {
		const [method = ''] = line.split(' ');
		const { list } = api.operations[line] ?? {};
		if (method === 'GET' && !list) return ({ row }) => row;
		if (method === 'GET') {
			// Only a response with a total needs the rows beyond its page.
			return ({ rows, query: { limit, offset = 0, paginated } }) =>
				rows(list === 'array' && limit && !paginated ? offset + limit : undefined);
		}
		if (method === 'POST') {
			return ({ state, params, fields }) => make(state, { ...params, ...fields() });
		}
		if (method !== 'DELETE') return ({ save, fields }) => save(fields());
		return ({ state, row, params }) => {
			const further = definition.removing?.(row, state);
			tableIn(state).remove(row);
			return { object, id: params[rowParam], deleted: true, ...further };
		};
	}

	/** @param {string} line @returns {[string, Route]} */
	function routeOf(line) {
		const given = special[line] ?? {};
		/** @type {Operation} */
		const operation = typeof given === 'function' ? { respond: given } : given;
		const { check, respond = usualOf(line), ...settings } = operation;
		const [method, linePath] = line.split(' ');
		const isOfRow = rowPath !== undefined && linePath?.startsWith(rowPath);
		/** @param {any} request */
		function run(request) {
			const { state, params } = request;
			const parent = params[parents[0] ?? ''];
			if (parent) definition.parent?.(state, parent);
			const row = isOfRow ? find(state, params[rowParam], params, method) : undefined;
			/** @type {Call} */
			const call = {
				...request,
				row,
				save: (changes) => tableIn(state).update(row, { updated_at: state.clock(), ...changes }),
				rows: (most) => rowsOf(definition, line, call, within(state, params), most),
				fields: () => fieldsOf(line, call),
			};
			check?.(call);
			return shown(line, call, respond(call));
		}
		return [line, { ...definition.each, ...settings, respond: run }];
	}

	const routes = described(Object.fromEntries(requestLines.map(routeOf)));
	return { find, make, makers: /** @type {Makers} */ ({ [table]: make }), routes, show };
}

/**
 * Several resources, with the routes of all, and what makes the rows of their tables: of two with one table,
 * the first.
 * @type {<T extends Record<string, Made>>(resources: T) => T & Made}
 */
const together = (resources) => {
	const all = Object.values(resources);
	return {
		...resources,
		makers: Object.assign({}, ...all.map(({ makers }) => makers).reverse()),
		routes: Object.assign({}, ...all.map(({ routes }) => routes)),
	};
};

module.exports = { defineResource, together };
