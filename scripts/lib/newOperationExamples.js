'use strict';

const { collectionOf } = require('../../nodes/Clerk/engine/form/placement');
const { nestValues } = require('../../nodes/Clerk/engine/request/nesting');
const { isList } = require('./newOperation');
const { ORDER } = require('./digest');
const { WRITTEN_BY_HAND } = require('./words');

/**
 * A start for an operation's golden examples, from its route and what Clerk's document says. Pure.
 *
 * @typedef {import('./newOperation').Planned} Planned
 * @typedef {import('./newOperationFields').PlannedField} PlannedField
 * @typedef {{ state?: 'filled' | 'cleared', form?: object, query?: object }} Options `state`: of the fields that are
 *   not required; `form` and `query`: what there is beside the fields
 */

/** @param {object} values */
const isEmpty = (values) => Object.keys(values).length === 0;

/** The collection that shows a field. @param {Planned} planned @param {PlannedField} field */
function placeOf({ method, path }, { location, wire }) {
	const operation = /** @type {any} */ ({ request: `${method} ${path}` });
	return collectionOf(operation, location, { section: wire === ORDER ? 'options' : undefined });
}

/** @param {Planned} planned @param {PlannedField[]} fields @param {Options} [options] */
function exampleOf(planned, fields, { state = 'filled', form = {}, query: page = {} } = {}) {
	const { method, path, facts } = planned;
	/** @type {Record<string, any>} */
	const parameters = {};
	const sent = { path: {}, query: {}, body: {} };
	for (const field of fields) {
		const value = field.required ? field.filled : field[state];
		const place = field.required ? parameters : (parameters[placeOf(planned, field)] ??= {});
		place[field.parameter] = value?.form;
		Object.assign(sent[field.location], { [field.wire]: value?.sent });
	}
	const names = /** @type {Record<string, any>} */ (sent.path);
	const query = { ...sent.query, ...page };
	return {
		parameters: { ...parameters, ...form },
		requests: [
			{
				method,
				path: path.replace(/\{(\w+)\}/g, (_, name) => names[name]),
				...(!isEmpty(query) && { query }),
				...((facts.body || !isEmpty(sent.body)) && { body: nestValues(sent.body) }),
			},
		],
	};
}

/** What must not be emptied, each with its empty value. @param {Planned} planned */
function refusedOf(planned) {
	const refused = planned.fields
		.filter(({ cleared }) => cleared?.refused)
		.map((field) => {
			const place = field.required ? '' : `${placeOf(planned, field)}.`;
			return [`${place}${field.parameter}`, field.cleared?.form];
		});
	const all = { ...Object.fromEntries(refused), ...(isList(planned) && { limit: 0 }) };
	return isEmpty(all) ? {} : { refused: all };
}

/** An update needs a field to write. @param {Planned} planned */
function shortestForm({ method, fields }) {
	const must = fields.filter(({ required }) => required);
	const ofBody = fields.filter(({ location }) => location === 'body');
	const needsOneMore = /^(PATCH|PUT)$/.test(method) && ofBody.every(({ required }) => !required);
	return needsOneMore ? [...must, ...ofBody.slice(0, 1)] : must;
}

/** Something new leaves its empty values out, unless it is told to send them. @param {Planned} planned */
function sendsEmpty({ operation, method, fields }) {
	const isWrite = method !== 'GET' && /^(create|add|upsert)/.test(operation);
	const isOptional = fields.some(({ location, required }) => location !== 'path' && !required);
	return isWrite && isOptional ? { options: { emptyValues: 'send' } } : {};
}

/**
 * Fields that are added to the form by hand have to be added here too; the golden test names them.
 *
 * @param {Planned} planned
 */
function examplesOf(planned) {
	const { fields, facts } = planned;
	const must = shortestForm(planned);
	const clearable = fields.filter(
		({ cleared, required }) => required || (cleared && !cleared.refused),
	);
	const sdk = { lacks: `${WRITTEN_BY_HAND}: the calls of Clerk's SDK, or why there are none` };
	/** @param {object} form @param {object} query @param {Options['state']} [state] @returns {Options} */
	const page = (form, query, state) => {
		const paginated = facts.query?.paginated && { paginated: 'true' };
		// A list that Clerk gives whole is asked for no page.
		return { state, form, query: facts.query?.limit ? { ...query, ...paginated } : {} };
	};
	const limit = '20';
	const second = { limit: 20, options: { offset: 40 } };
	const most = String(facts.query?.limit?.maximum ?? 500);
	const list = isList(planned);
	const ofRequired = list ? page({}, { limit: '50' }) : {};
	const ofEvery = list ? page({ returnAll: false, ...second }, { limit, offset: '40' }) : {};
	const ofCleared = list
		? page({ limit: 20, options: { offset: 0 } }, { limit }, 'cleared')
		: { state: /** @type {const} */ ('cleared'), form: sendsEmpty(planned) };
	const ofAll = page({ returnAll: true, ...second }, { limit: most });
	return {
		required: { ...exampleOf(planned, must, ofRequired), sdk },
		every: exampleOf(planned, fields, ofEvery),
		cleared: { ...exampleOf(planned, clearable, ofCleared), ...refusedOf(planned) },
		...(list && { returnAll: exampleOf(planned, must, ofAll) }),
	};
}

module.exports = { examplesOf };
