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

/** The page of a list that is asked for: `form` and `query` beside those of the fields. */
interface Page {
	form?: object;
	query?: object;
}

function exampleOf(planned: Planned, fields: PlannedField[], { form, query }: Page) {
	const { method, path, facts } = planned;
	const operation = { request: `${method} ${path}` } as Mapping;
	const parameters: Record<string, unknown> = { ...form };
	const sent: Record<string, Record<string, unknown>> = { path: {}, query: { ...query }, body: {} };
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

/** A list that Clerk gives whole is asked for no page. */
function queryOf({ facts }: Planned, page: object) {
	if (!facts.query?.limit) return {};
	return { ...page, ...(facts.query.paginated && { paginated: 'true' }) };
}

/** Fields that are added to the form by hand have to be added here too; the golden test names them. */
export function examplesOf(planned: Planned) {
	const first: Page = {};
	const third: Page = {};
	if (isList(planned)) {
		first.query = queryOf(planned, { limit: '50' });
		third.form = { returnAll: false, limit: 20, options: { offset: 40 } };
		third.query = queryOf(planned, { limit: '20', offset: '40' });
	}
	const sdk = { lacks: `${WRITTEN_BY_HAND}: the calls of Clerk's SDK, or why there are none` };
	return {
		required: { ...exampleOf(planned, shortestForm(planned), first), sdk },
		every: exampleOf(planned, planned.fields, third),
	};
}
