import { collectionOf } from '../../nodes/Clerk/engine/form/placement';
import type { Mapping } from '../../nodes/Clerk/engine/operation';
import { nestValues } from '../../nodes/Clerk/engine/request/nesting';
import { ORDER } from './digest';
import { isList } from './newOperation';
import type { Planned } from './newOperation';
import type { PlannedField } from './newOperationFields';
import { WRITTEN_BY_HAND } from './words';

/**
 * A start for an operation's golden examples: the shortest form and the whole one, and what they send by
 * Clerk's document. The golden test names the examples that an author adds. Pure.
 */

/** @param form - and `page`: what there is beside the fields */
function exampleOf(planned: Planned, fields: PlannedField[], form: object, page: object) {
	const { method, path, facts } = planned;
	const operation = { request: `${method} ${path}` } as Mapping;
	const parameters: Record<string, unknown> = { ...form };
	const sent: Record<string, Record<string, unknown>> = { path: {}, query: { ...page }, body: {} };
	for (const field of fields) {
		const section = field.wire === ORDER ? 'options' : undefined;
		const collection = collectionOf(operation, field.location, { section });
		const place = field.required ? parameters : (parameters[collection] ??= {});
		Object.assign(place as object, { [field.parameter]: field.form });
		sent[field.location][field.wire] = field.sent;
	}
	const request = {
		method,
		path: path.replace(/\{(\w+)\}/g, (_, name) => String(sent.path[name])),
		...(Object.keys(sent.query).length > 0 && { query: sent.query }),
		...(facts.body && { body: nestValues(sent.body) }),
	};
	return { parameters, requests: [request] };
}

/** An update needs a field to write. */
function shortestForm({ method, fields }: Planned) {
	const must = fields.filter(({ required }) => required);
	const ofBody = fields.filter(({ location }) => location === 'body');
	const needsOneMore = /^(PATCH|PUT)$/.test(method) && ofBody.every(({ required }) => !required);
	return needsOneMore ? [...must, ...ofBody.slice(0, 1)] : must;
}

/** What a list is asked for; not one that Clerk gives whole. */
function pageOf({ facts }: Planned, page: object) {
	if (!facts.list || !facts.query?.limit) return {};
	return { ...page, ...(facts.query.paginated && { paginated: 'true' }) };
}

/** Fields that are added to the form by hand have to be added here too; the golden test names them. */
export function examplesOf(planned: Planned) {
	const third = { returnAll: false, limit: 20, options: { offset: 40 } };
	const ofThird = pageOf(planned, { limit: '20', offset: '40' });
	const shortest = exampleOf(planned, shortestForm(planned), {}, pageOf(planned, { limit: '50' }));
	const sdk = { lacks: `${WRITTEN_BY_HAND}: the calls of Clerk's SDK, or why there are none` };
	return {
		required: { ...shortest, sdk },
		every: exampleOf(planned, planned.fields, isList(planned) ? third : {}, ofThird),
	};
}
