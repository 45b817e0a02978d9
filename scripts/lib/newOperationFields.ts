import { locators } from '../../nodes/Clerk/fields/locators';
import { snakeCase } from '../../nodes/Clerk/engine/operation';
import type { Locator } from '../../nodes/Clerk/engine/operation';
import type { Fact, OperationFacts } from './digest';
import { ORDER } from './digest';
import { locatorFor, parameterOf, title, words, WRITTEN_BY_HAND } from './words';

/**
 * The fields of a new operation, from its path and what Clerk's document says: n8n properties, as
 * source, and what to fill in for the golden examples. Pure.
 */

/** `locator`: the kind of record it points at; `source`: of the property; `cleared`: absent where there is nothing to clear. */
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

type Value = [form: unknown, sent: unknown];

/** How n8n draws a fact, with a value that people could give, and an empty one. A choice has none. */
interface Shape {
	property: Record<string, unknown>;
	filled: Value;
	cleared?: Value;
}

function shapeOf(fact: Fact, name: string): Shape {
	const { type, items, enum: values = [], format, minimum: number = 1 } = fact;
	const isChoice = values.length > 0;
	switch (type) {
		case 'boolean': {
			// A switch in a collection is added to turn it on.
			const property = { type: 'boolean', default: fact.required !== true };
			return { property, filled: [true, true], cleared: [false, false] };
		}
		case 'integer':
		case 'number': {
			const property = { type: 'number', ...boundsOf(fact), default: number };
			return { property, filled: [number, number], cleared: [null, null] };
		}
		case 'object': {
			const property = { type: 'json', default: '{}', encode: 'object' };
			return { property, filled: ['{"key":1}', { key: 1 }], cleared: [null, null] };
		}
		case 'array': {
			if (isChoice) {
				const two = values.slice(0, 2);
				const property = { type: 'multiOptions', ...choicesOf(values), default: [] };
				return { property, filled: [two, two], cleared: [[], []] };
			}
			// A list of objects needs a table, whose columns are chosen by hand; JSON works until then.
			if (items === 'object' || items === 'array') {
				const property = { type: 'json', default: '[]' };
				return { property, filled: ['[{}]', [{}]], cleared: ['[]', []] };
			}
			const property = { type: 'string', default: '', encode: 'list' };
			return { property, filled: ['a, b', ['a', 'b']], cleared: ['', []] };
		}
	}
	if (isChoice) {
		const property = { type: 'options', ...choicesOf(values), default: values[0] };
		return { property, filled: [values[0], values[0]] };
	}
	if (format === 'date-time') {
		const at = '2026-01-02T03:04:05.000Z';
		const property = { type: 'dateTime', default: '', encode: 'isoDate' };
		return { property, filled: [at, at], cleared: [null, null] };
	}
	const text = `${name.replace(/_?id$/i, '')}_1`;
	const hidden = SECRET.test(name.replace(/_/g, '')) && { typeOptions: { password: true } };
	const property = { type: 'string', ...hidden, default: '' };
	return { property, filled: [text, text], cleared: ['', ''] };
}

/** A record of a kind, chosen by an ID that is not looked up. */
function locatedShape({ ids }: Locator, { property, filled: [text] }: Shape): Shape {
	const inForm = (value: unknown) => ({ __rl: true, mode: 'id', value });
	const id = ids ? `${ids.prefix}1` : text;
	return { property, filled: [inForm(id), id], cleared: [inForm(''), null] };
}

/** A query is text, and a list of one like what is no list. */
function asText(value: unknown, { explode }: Fact) {
	if (!Array.isArray(value)) return String(value);
	return value.length > 1 && explode !== false ? value.map(String) : value.join(',');
}

function fieldOf(location: 'path' | 'query' | 'body', wire: string, fact: Fact) {
	const parameter = parameterOf(wire.replaceAll('.', '_'));
	const isText = fact.type === 'string' && !fact.enum;
	const locator = isText ? locatorFor(parameter, locators) : undefined;
	const required = fact.required === true;
	const neverEmpty = (fact.minItems ?? 0) > 0;
	const nullable = location === 'body' && fact.nullable === true && !required && !neverEmpty;
	const plain = shapeOf(fact, wire);
	const { property, filled, cleared } = locator ? locatedShape(locators[locator], plain) : plain;
	const { encode, default: usual, ...drawn } = property;
	const what = locator ? `which ${words(locator)}` : 'what it is';
	const description = `${property.type === 'boolean' ? 'Whether ' : ''}${WRITTEN_BY_HAND}: ${what}`;
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
	const inQuery = location === 'query';
	// A choice has no empty value, but an expression may give none.
	const empty: Value | undefined = cleared ?? (required ? ['', ''] : undefined);
	// An empty filter would list everybody; null is sent where Clerk takes it.
	const refused =
		required ||
		neverEmpty ||
		(inQuery && fact.type !== 'boolean') ||
		(location === 'body' && empty?.[1] === null && !nullable);
	const valueOf = ([form, sent]: Value) => ({ form, sent: inQuery ? asText(sent, fact) : sent });
	return {
		location,
		parameter,
		wire,
		required,
		locator,
		source: locator
			? `locate('${locator}', {${required ? 'required: true, ' : ''}${nullable ? 'nullable: true, ' : ''}description: '${description}'})`
			: JSON.stringify(source),
		filled: valueOf(filled),
		// What is refused is emptied as people do it, also where null is the empty value.
		cleared: empty && { ...valueOf(refused ? [empty[0] ?? '', ''] : empty), refused },
	};
}

/** An object with fields of its own is drawn by those, an object of any JSON as itself. */
export function plannedFields(path: string, facts: OperationFacts): PlannedField[] {
	const ofPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) =>
		fieldOf('path', name, { type: 'string', required: true }),
	);
	const others = (['query', 'body'] as const).flatMap((location) => {
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
	return [...ofPath, ...others];
}
