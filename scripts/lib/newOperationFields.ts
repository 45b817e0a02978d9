import { locators } from '../../nodes/Clerk/fields/locators';
import { snakeCase } from '../../nodes/Clerk/engine/operation';
import type { Locator } from '../../nodes/Clerk/engine/operation';
import type { Fact, OperationFacts } from './digest';
import { ORDER } from './digest';
import { parameterOf, title, words, WRITTEN_BY_HAND } from './words';

/**
 * The fields of a new operation, from what Clerk's document says: n8n properties, as
 * source, and what to fill in for the golden examples. Pure.
 */

/** `locator`: the kind of record it points at; `source`: of the property; `form` and `sent`: a value. */
export type PlannedField = ReturnType<typeof fieldOf>;

/** What the engine sends with a list by itself. */
const OF_PAGING = ['limit', 'offset', 'paginated', 'starting_after'];

const SECRET = /token|secret|password|apikey/i;

function boundsOf({ type, minimum, maximum, exclusiveMinimum }: Fact) {
	const bounds = {
		minValue: minimum !== undefined && exclusiveMinimum ? minimum + 1 : minimum,
		maxValue: maximum,
		numberPrecision: type === 'integer' ? 0 : undefined,
	};
	const known = Object.entries(bounds).filter(([, value]) => value !== undefined);
	return known.length > 0 ? { typeOptions: Object.fromEntries(known) } : {};
}

const choicesOf = (values: NonNullable<Fact['enum']>) => ({
	options: values
		.map((value) => ({ name: title(String(value)), value }))
		.sort((a, b) => a.name.localeCompare(b.name, 'en')),
});

/** How n8n draws a fact, and a value for the examples: as people give it, and as it is sent. */
const shape = (property: Record<string, unknown>, form: unknown, sent = form) => ({
	property,
	form,
	sent,
});

function listShape({ items, enum: values }: Fact) {
	if (values) {
		const property = { type: 'multiOptions', ...choicesOf(values), default: [] };
		return shape(property, values.slice(0, 2));
	}
	// A list of objects needs a table, whose columns are chosen by hand; JSON works until then.
	if (items === 'object' || items === 'array')
		return shape({ type: 'json', default: '[]' }, '[{}]', [{}]);
	return shape({ type: 'string', default: '', encode: 'list' }, 'a, b', ['a', 'b']);
}

function textShape({ enum: values, format }: Fact, wire: string) {
	if (values)
		return shape({ type: 'options', ...choicesOf(values), default: values[0] }, values[0]);
	if (format === 'date-time') {
		const property = { type: 'dateTime', default: '', encode: 'isoDate' };
		return shape(property, '2026-01-02T03:04:05.000Z');
	}
	const hidden = SECRET.test(wire.replace(/_/g, '')) && { typeOptions: { password: true } };
	return shape({ type: 'string', ...hidden, default: '' }, `${wire.replace(/_?id$/i, '')}_1`);
}

function shapeOf(fact: Fact, wire: string) {
	const { type, required, minimum: number = 1 } = fact;
	switch (type) {
		case 'boolean':
			// A switch in a collection is added to turn it on.
			return shape({ type, default: required !== true }, true);
		case 'integer':
		case 'number':
			return shape({ type: 'number', ...boundsOf(fact), default: number }, number);
		case 'object':
			return shape({ type: 'json', default: '{}', encode: 'object' }, '{"key":1}', { key: 1 });
		case 'array':
			return listShape(fact);
		default:
			return textShape(fact, wire);
	}
}

/** A query is text, and a list of one like what is no list. */
function asText(value: unknown, { explode }: Fact) {
	if (!Array.isArray(value)) return String(value);
	return value.length > 1 && explode !== false ? value.map(String) : value.join(',');
}

/** The kind of record that a parameter points at: several locators may share one, as a member is a user. */
function locatorFor(parameter: string) {
	const all = Object.keys(locators) as Array<keyof typeof locators>;
	const kinds = all.filter((kind) => locators[kind].parameter === parameter);
	return kinds.find((kind) => `${kind}Id` === parameter) ?? kinds.at(0);
}

function fieldOf(location: 'path' | 'query' | 'body', wire: string, fact: Fact) {
	const parameter = parameterOf(wire.replaceAll('.', '_'));
	const isText = fact.type === 'string' && !fact.enum;
	const locator = isText ? locatorFor(parameter) : undefined;
	const required = fact.required === true;
	const neverEmpty = (fact.minItems ?? 0) > 0;
	const nullable = location === 'body' && fact.nullable === true && !required && !neverEmpty;
	const { property, form, sent } = shapeOf(fact, wire);
	const { encode, default: usual, ...drawn } = property;
	const what = locator ? `which ${words(locator)}` : 'what it is';
	const description = `${property.type === 'boolean' ? 'Whether ' : ''}${WRITTEN_BY_HAND}: ${what}`;
	const field = { location, parameter, wire, required, locator };
	if (locator) {
		const { ids } = locators[locator] as Locator;
		const id = ids ? `${ids.prefix}1` : sent;
		return {
			...field,
			source: `locate('${locator}', {${required ? 'required: true, ' : ''}${nullable ? 'nullable: true, ' : ''}description: '${description}'})`,
			form: { __rl: true, mode: 'id', value: id },
			sent: id,
		};
	}
	const source = {
		displayName: wire
			.split('.')
			.map((part) => title(parameterOf(part)))
			.join(': '),
		name: parameter,
		...drawn,
		...(required && { required }),
		default: usual,
		description,
		...(encode !== undefined && { encode }),
		...(neverEmpty && !required && { neverEmpty }),
		...(nullable && { nullable }),
		...(snakeCase(parameter) !== wire && { wire }),
		...(fact.explode === false && { explode: false }),
		...(wire === ORDER && { section: 'options' }),
	};
	return {
		...field,
		source: JSON.stringify(source),
		form,
		sent: location === 'query' ? asText(sent, fact) : sent,
	};
}

/** An object with fields of its own is drawn by those, an object of any JSON as itself. */
export function plannedFields(facts: OperationFacts): PlannedField[] {
	return (['path', 'query', 'body'] as const).flatMap((location) => {
		const known = Object.entries(facts[location] ?? {});
		const isWithinList = (wire: string) =>
			known.some(([above, { type }]) => wire.startsWith(`${above}.`) && type === 'array');
		const isDrawnByParts = (wire: string, { type, open }: Fact) =>
			type === 'object' && !open && known.some(([name]) => name.startsWith(`${wire}.`));
		return known
			.filter(([wire]) => !(facts.list !== undefined && OF_PAGING.includes(wire)))
			.filter(([wire, fact]) => !isWithinList(wire) && !isDrawnByParts(wire, fact))
			.map(([wire, fact]) => fieldOf(location, wire, fact));
	});
}
