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
 * @typedef {'filled' | 'cleared'} State of the fields that are not required
 */

/** The collection that shows a field. @param {Planned} planned @param {PlannedField} field */
function placeOf({ method, path }, { location, wire }) {
	const operation = /** @type {any} */ ({ request: `${method} ${path}` });
	return collectionOf(operation, location, { section: wire === ORDER ? 'options' : undefined });
}

/** @param {Planned} planned @param {PlannedField[]} fields @param {State} state */
function formOf(planned, fields, state) {
	/** @type {Record<string, any>} */
	const form = {};
	for (const field of fields) {
		if (field.required) form[field.parameter] = field.filled.form;
		else (form[placeOf(planned, field)] ??= {})[field.parameter] = field[state]?.form;
	}
	return form;
}

/** @param {PlannedField[]} fields @param {State} state @param {PlannedField['location']} location */
function sentOf(fields, state, location) {
	const sent = fields
		.filter((field) => field.location === location)
		.map((field) => [field.wire, (field.required ? field.filled : field[state])?.sent]);
	return sent.length > 0 ? Object.fromEntries(sent) : undefined;
}

/**
 * @param {Planned} planned
 * @param {PlannedField[]} fields
 * @param {State} [state]
 * @param {{ form?: object, query?: object }} [page]
 */
function exampleOf(planned, fields, state = 'filled', page = {}) {
	const { method, path, facts } = planned;
	const names = sentOf(fields, state, 'path');
	const query = { ...sentOf(fields, state, 'query'), ...page.query };
	const body = sentOf(fields, state, 'body') ?? (facts.body && {});
	return {
		parameters: { ...formOf(planned, fields, state), ...page.form },
		requests: [
			{
				method,
				path: path.replace(/\{(\w+)\}/g, (_, name) => names?.[name]),
				...(Object.keys(query).length > 0 && { query }),
				...(body && { body: nestValues(body) }),
			},
		],
	};
}

/** What must not be emptied, each with its empty value. @param {Planned} planned */
function refusedOf(planned) {
	const refused = planned.fields
		.filter(({ cleared }) => cleared?.refused)
		.map((field) => [
			field.required ? field.parameter : `${placeOf(planned, field)}.${field.parameter}`,
			field.cleared?.form,
		]);
	const all = { ...Object.fromEntries(refused), ...(isList(planned) && { limit: 0 }) };
	return Object.keys(all).length > 0 ? { refused: all } : {};
}

/** An update needs a field to write. @param {Planned} planned */
function shortestForm({ method, fields }) {
	const must = fields.filter(({ required }) => required);
	const ofBody = fields.filter(({ location }) => location === 'body');
	const isUpdate = method === 'PATCH' || method === 'PUT';
	return isUpdate && ofBody.every(({ required }) => !required)
		? [...must, ...ofBody.slice(0, 1)]
		: must;
}

/** Something new leaves its empty values out, unless it is told to send them. @param {Planned} planned */
function sendsEmpty({ operation, method, fields }) {
	const isWrite = method !== 'GET' && /^(create|add|upsert)/.test(operation);
	const isOptional = fields.some(({ location, required }) => location !== 'path' && !required);
	return isWrite && isOptional ? { form: { options: { emptyValues: 'send' } } } : {};
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
	const refused = refusedOf(planned);
	if (!isList(planned)) {
		return {
			required: { ...exampleOf(planned, must), sdk },
			every: exampleOf(planned, fields),
			cleared: { ...exampleOf(planned, clearable, 'cleared', sendsEmpty(planned)), ...refused },
		};
	}
	// A list that Clerk gives whole is asked for no page.
	const always = facts.query?.paginated && { paginated: 'true' };
	const page = (/** @type {object} */ query, /** @type {object} */ form = {}) => ({
		form,
		...(facts.query?.limit && { query: { ...query, ...always } }),
	});
	const most = String(facts.query?.limit?.maximum ?? 500);
	const second = { limit: 20, options: { offset: 40 } };
	const first = { limit: 20, options: { offset: 0 } };
	const cleared = exampleOf(planned, clearable, 'cleared', page({ limit: '20' }, first));
	return {
		required: { ...exampleOf(planned, must, 'filled', page({ limit: '50' })), sdk },
		every: exampleOf(
			planned,
			fields,
			'filled',
			page({ limit: '20', offset: '40' }, { returnAll: false, ...second }),
		),
		cleared: { ...cleared, ...refused },
		returnAll: exampleOf(
			planned,
			must,
			'filled',
			page({ limit: most }, { returnAll: true, ...second }),
		),
	};
}

module.exports = { examplesOf };
