import { collectionOf } from '../../nodes/Clerk/engine/form/placement';
import type { Mapping } from '../../nodes/Clerk/engine/operation';
import { nestValues } from '../../nodes/Clerk/engine/request/nesting';
import { ORDER } from './digest';
import { isList } from './newOperation';
import type { Planned } from './newOperation';
import type { PlannedField } from './newOperationFields';
import { WRITTEN_BY_HAND } from './words';

/** A start for an operation's golden examples, from its route and what Clerk's document says. Pure. */

/** `state`: of the fields that are not required; `form` and `query`: what there is beside the fields. */
type Options = { state?: 'filled' | 'cleared'; form?: object; query?: object };

const isEmpty = (values: object) => Object.keys(values).length === 0;

/** The collection that shows a field. */
function placeOf({ method, path }: Planned, { location, wire }: PlannedField) {
	const operation = { request: `${method} ${path}` } as Mapping;
	return collectionOf(operation, location, { section: wire === ORDER ? 'options' : undefined });
}

function exampleOf(planned: Planned, fields: PlannedField[], options: Options = {}) {
	const { state = 'filled', form = {}, query: page = {} } = options;
	const { method, path, facts } = planned;
	const parameters: Record<string, unknown> = {};
	const sent: Record<PlannedField['location'], Record<string, unknown>> = {
		path: {},
		query: {},
		body: {},
	};
	for (const field of fields) {
		const value = field.required ? field.filled : field[state];
		const place = field.required ? parameters : (parameters[placeOf(planned, field)] ??= {});
		Object.assign(place as object, { [field.parameter]: value?.form });
		sent[field.location][field.wire] = value?.sent;
	}
	const query = { ...sent.query, ...page };
	return {
		parameters: { ...parameters, ...form },
		requests: [
			{
				method,
				path: path.replace(/\{(\w+)\}/g, (_, name) => String(sent.path[name])),
				...(!isEmpty(query) && { query }),
				...((facts.body || !isEmpty(sent.body)) && { body: nestValues(sent.body) }),
			},
		],
	};
}

/** What must not be emptied, each with its empty value. */
function refusedOf(planned: Planned) {
	const refused = planned.fields
		.filter(({ cleared }) => cleared?.refused)
		.map((field) => {
			const place = field.required ? '' : `${placeOf(planned, field)}.`;
			return [`${place}${field.parameter}`, field.cleared?.form];
		});
	const all = { ...Object.fromEntries(refused), ...(isList(planned) && { limit: 0 }) };
	return isEmpty(all) ? {} : { refused: all };
}

/** An update needs a field to write. */
function shortestForm({ method, fields }: Planned) {
	const must = fields.filter(({ required }) => required);
	const ofBody = fields.filter(({ location }) => location === 'body');
	const needsOneMore = /^(PATCH|PUT)$/.test(method) && ofBody.every(({ required }) => !required);
	return needsOneMore ? [...must, ...ofBody.slice(0, 1)] : must;
}

/** Something new leaves its empty values out, unless it is told to send them. */
function sendsEmpty({ operation, method, fields }: Planned) {
	const isWrite = method !== 'GET' && /^(create|add|upsert)/.test(operation);
	const isOptional = fields.some(({ location, required }) => location !== 'path' && !required);
	return isWrite && isOptional ? { options: { emptyValues: 'send' } } : {};
}

/** Fields that are added to the form by hand have to be added here too; the golden test names them. */
export function examplesOf(planned: Planned) {
	const { fields, facts } = planned;
	const must = shortestForm(planned);
	const clearable = fields.filter(
		({ cleared, required }) => required || (cleared && !cleared.refused),
	);
	const sdk = { lacks: `${WRITTEN_BY_HAND}: the calls of Clerk's SDK, or why there are none` };
	const page = (form: object, query: object, state?: Options['state']): Options => {
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
	const ofCleared: Options = list
		? page({ limit: 20, options: { offset: 0 } }, { limit }, 'cleared')
		: { state: 'cleared', form: sendsEmpty(planned) };
	const ofAll = page({ returnAll: true, ...second }, { limit: most });
	return {
		required: { ...exampleOf(planned, must, ofRequired), sdk },
		every: exampleOf(planned, fields, ofEvery),
		cleared: { ...exampleOf(planned, clearable, ofCleared), ...refusedOf(planned) },
		...(list && { returnAll: exampleOf(planned, must, ofAll) }),
	};
}
