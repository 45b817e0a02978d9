'use strict';

const { nestValues } = require('../../nodes/Clerk/engine/request/nesting');
const { isList, namesIn } = require('./scaffold');
const { parameterOf, WRITTEN_BY_HAND } = require('./words');

/**
 * A start for an operation's golden examples, from its route and what Clerk's document says. Pure.
 *
 * @typedef {import('./scaffold').Planned} Planned
 * @typedef {import('./scaffoldFields').ScaffoldedField} ScaffoldedField
 */

/** @param {string} name @param {string} number */
const idOf = (name, number) => `${name.replace(/_?id$/i, '')}_${number}`;

/** What a form holds in the fields of the path. @param {Planned} planned @param {string} [number] nothing: emptied */
function pathForm({ path, locators }, number) {
	const fields = namesIn(path).map((name) => {
		const value = number ? idOf(name, number) : '';
		return [parameterOf(name), locators[name] ? { __rl: true, mode: 'id', value } : value];
	});
	return Object.fromEntries(fields);
}

/** As the engine's `collectionOf`. @param {Planned} planned @param {ScaffoldedField} field */
function collectionOf({ method, path }, { place }) {
	if (place === 'query' && method === 'GET' && !path.endsWith('}')) return 'filters';
	return method === 'PATCH' || method === 'PUT' ? 'updateFields' : 'additionalFields';
}

/** @typedef {'filled' | 'cleared'} State */

/** @param {Planned} planned @param {ScaffoldedField[]} fields @param {State} state */
function formOf(planned, fields, state) {
	/** @type {Record<string, any>} */
	const form = {};
	for (const field of fields) {
		if (field.required) form[field.parameter] = field.filled.form;
		else (form[collectionOf(planned, field)] ??= {})[field.parameter] = field[state]?.form;
	}
	return form;
}

/** @param {ScaffoldedField[]} fields @param {State} state @param {'query' | 'body'} place */
function sentOf(fields, state, place) {
	const sent = fields
		.filter((field) => field.place === place)
		.map((field) => [field.wire, (field.required ? field.filled : field[state])?.sent]);
	return sent.length > 0 ? Object.fromEntries(sent) : undefined;
}

/**
 * @param {Planned} planned
 * @param {string} number of the records in the path
 * @param {ScaffoldedField[]} fields
 * @param {State} [state] of those that are not required
 * @param {{ form?: object, query?: object }} [page]
 */
function exampleOf(planned, number, fields, state = 'filled', page = {}) {
	const { method, path, facts } = planned;
	const query = { ...sentOf(fields, state, 'query'), ...page.query };
	const body = sentOf(fields, state, 'body') ?? (facts?.body && {});
	return {
		parameters: { ...pathForm(planned, number), ...formOf(planned, fields, state), ...page.form },
		requests: [
			{
				method,
				path: path.replace(/\{(\w+)\}/g, (_, name) => idOf(name, number)),
				...(Object.keys(query).length > 0 && { query }),
				...(body && { body: nestValues(body) }),
			},
		],
	};
}

/** What must not be emptied, each with its empty value. @param {Planned} planned @param {ScaffoldedField[]} refused */
const refusedOf = (planned, refused) => ({
	...pathForm(planned),
	...Object.fromEntries(
		refused.map((field) => [
			field.required ? field.parameter : `${collectionOf(planned, field)}.${field.parameter}`,
			field.cleared?.form,
		]),
	),
});

/**
 * Fields that are added to the form by hand have to be added here too; the test says which.
 *
 * @param {Planned} planned
 */
function examplesOf(planned) {
	const { fields } = planned;
	const must = fields.filter(({ required }) => required);
	const refused = fields.filter(({ cleared }) => cleared?.refused);
	const clearable = fields.filter(
		({ cleared, required }) => required || (cleared && !cleared.refused),
	);
	const sdk = { lacks: `${WRITTEN_BY_HAND}: the calls of Clerk's SDK, or why there are none` };
	const list = isList(planned);
	const isPaged = list && (!planned.facts || planned.facts.query?.limit);
	const always = planned.facts?.query?.paginated && { paginated: 'true' };
	const limits = (/** @type {object} */ query) =>
		isPaged ? { query: { ...query, ...always } } : {};
	const allRefused = { ...refusedOf(planned, refused), ...(list && { limit: 0 }) };
	const withRefused = Object.keys(allRefused).length > 0 && { refused: allRefused };
	if (!list) {
		return {
			required: { ...exampleOf(planned, '1', must), sdk },
			every: exampleOf(planned, '2', fields),
			cleared: { ...exampleOf(planned, '3', clearable, 'cleared'), ...withRefused },
		};
	}
	const page = { limit: 20, options: { offset: 40 } };
	const first = { limit: 20, options: { offset: 0 } };
	const most = String(planned.facts?.query?.limit?.maximum ?? 500);
	return {
		required: { ...exampleOf(planned, '1', must, 'filled', limits({ limit: '50' })), sdk },
		every: exampleOf(planned, '2', fields, 'filled', {
			form: { returnAll: false, ...page },
			...limits({ limit: '20', offset: '40' }),
		}),
		cleared: {
			...exampleOf(planned, '3', clearable, 'cleared', { form: first, ...limits({ limit: '20' }) }),
			...withRefused,
		},
		returnAll: exampleOf(planned, '4', must, 'filled', {
			form: { returnAll: true, ...page },
			...limits({ limit: most }),
		}),
	};
}

module.exports = { examplesOf };
