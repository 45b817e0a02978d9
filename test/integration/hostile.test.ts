// No run waits for anything but its turn, which takes a real clock a millisecond.
import '../support/fakeClock';
import {
	isProcedure,
	mappingsIn,
	pathOf,
	fieldsByLocation,
	wireName,
} from '../../nodes/Clerk/engine/operation';
import type { Field } from '../../nodes/Clerk/engine/operation';
import { collectionOf, isOnForm } from '../../nodes/Clerk/engine/form/placement';
import { optionsOf } from '../../nodes/Clerk/engine/form/options';
import { columnsOf } from '../../nodes/Clerk/engine/input/table';
import { resources } from '../../nodes/Clerk/resources';
import { fieldsOf } from '../../scripts/lib/registry';
import { itemsOf, readExamples, valueAt, withValueAt } from '../support/examples';
import type { Example } from '../support/examples';
import { at, expectedOf, goodOf, NOTHING } from '../support/expected';
import { response, BASE_URL, credential, run } from '../support/scripted';
import type { Sent } from '../support/scripted';

/**
 * Bad input for every field of every operation. It is either sent unchanged, to the path of the
 * operation and beside unchanged other fields, or rejected with a message that names the field. Good
 * input is included, so that every encoder sends something; `support/expected` has the expected value.
 * Of hundreds of thousands of comparisons, only those that fail call `expect`, which takes longer.
 */

const LONG = 'x'.repeat(20_000);
const FIVE_MEGABYTES = 'ä'.repeat(2_500_000);

const TEXTS = [
	'',
	' ',
	' at both ends ',
	'"quoted" \'twice\' `thrice`',
	'two\nlines\r\nand\ttabs',
	'../../instance',
	'..',
	'.',
	'a/b',
	'a\\b',
	'%00',
	'%2e%2e%2f',
	'\u0000',
	'\ud800',
	'__proto__',
	'constructor',
	'?a=b&c=d#e',
	'{user_id}',
	'💥',
	LONG,
];

const OTHERS: unknown[] = [
	null,
	0,
	-1,
	12.5,
	NaN,
	Infinity,
	true,
	false,
	{},
	{ a: { b: 1 } },
	JSON.parse('{"__proto__":{"polluted":true}}'),
	[],
	['a', null],
	[[1]],
];

/** Values for every field. Of the others each field gets a third, so that every kind of field gets all. */
const ALWAYS: unknown[] = [
	'',
	'"quoted" \'twice\' `thrice`',
	'..',
	'a/b',
	'%00',
	'__proto__',
	null,
	12.5,
	true,
];

let turn = 0;

function badInput(): unknown[] {
	turn++;
	const all = [...TEXTS, ...OTHERS];
	return all.filter((value, at) => ALWAYS.includes(value) || at % 3 === turn % 3);
}

const operations = resources.flatMap((resource) =>
	mappingsIn(resource).map((operation) => ({
		name: `${resource.value}.${operation.value}`,
		resource: resource.value,
		operation,
	})),
);

const golden = new Map(
	readExamples().map(({ resource, operation, examples }) => [`${resource}.${operation}`, examples]),
);

/** Used for missing examples, which `golden.test` reports. */
const MISSING: Record<string, Example> = {
	required: { parameters: {}, requests: [] },
	every: { parameters: {}, requests: [] },
};

/** Returns a response body: an empty list for what is read, a record for each entry of a batch. */
function responseTo({ method, body }: Sent): unknown {
	if (method === 'GET') return { data: [], total_count: 0 };
	if (typeof body !== 'string') return {};
	const entries = JSON.parse(body) as unknown;
	if (Array.isArray(entries)) return entries;
	const [list] = Object.values(entries as object);
	return Array.isArray(list) ? list.map((id: unknown) => ({ id })) : {};
}

const segmentsOf = ({ url }: Sent) => url.slice(BASE_URL.length).split('/');

type Values = Record<string, unknown>;

/** Returns the texts of a multipart body, without its files. */
function partsOf(body: Buffer): Values {
	const text = body.toString();
	const parts = text.split(text.slice(0, text.indexOf('\r\n'))).slice(1, -1);
	const entries = parts.flatMap((part) => {
		const end = part.indexOf('\r\n\r\n');
		const [, name] = /name="([^"]*)"$/m.exec(part.slice(0, end).trim()) ?? [];
		return name === undefined ? [] : [[name, part.slice(end + 4, -2)]];
	});
	return Object.fromEntries(entries) as Values;
}

/** Returns the bodies of all requests; of a batch, each of its entries. */
const bodiesOf = (sent: Sent[]): Values[] =>
	sent.flatMap(({ body }) => {
		if (Buffer.isBuffer(body)) return [partsOf(body)];
		const parsed = typeof body === 'string' ? (JSON.parse(body) as Values | Values[]) : {};
		return Array.isArray(parsed) ? parsed : [parsed];
	});

/** Returns everything sent besides the tested value, over all requests of one item. */
function othersOf(sent: Sent[], wire: string): Values[] {
	const [top] = wire.split('.');
	const without = (values: Values) =>
		Object.fromEntries(Object.entries(values).filter(([key]) => key !== top));
	return [
		without(Object.assign({}, ...sent.map(({ qs }) => qs as Values)) as Values),
		without(Object.assign({}, ...bodiesOf(sent)) as Values),
	];
}

/** Returns the tested value, which is sent once or not at all. */
function foundAt(sent: Sent[], location: string, wire: string): unknown {
	const holders =
		location === 'query' ? sent.map(({ qs }) => (qs ?? {}) as Values) : bodiesOf(sent);
	const found = holders.map((values) => at(values, wire)).filter((value) => value !== NOTHING);
	if (found.length > 1) expect(found).toHaveLength(1);
	return found.length === 0 ? NOTHING : found[0];
}

/** Values for parts of an object override those of the value for the whole object. */
function withParts(expected: unknown, wire: string, base: Sent[]): unknown {
	const [parts] = bodiesOf(base).map((body) => at(body, wire));
	const isObject = (value: unknown) => value !== null && typeof value === 'object';
	if (!isObject(parts) || Array.isArray(parts) || !isObject(expected)) return expected;
	return Object.fromEntries([
		...Object.entries(expected as Values),
		...Object.entries(parts as Values),
	]);
}

/** Typed fields come before what the same object has as JSON. */
function besideJson(typed: unknown, wire: string, base: Sent[]): unknown {
	const [json] = bodiesOf(base).map((body) => at(body, wire));
	if (json === NOTHING) return typed;
	return typed === NOTHING ? json : { ...(typed as Values), ...(json as Values) };
}

/** Compares as JSON text, which distinguishes `__proto__` from a missing key, and 1 from "1". */
const expectSame = (found: unknown, expected: unknown) => {
	const text = (value: unknown) => (value === NOTHING ? 'nothing' : JSON.stringify(value));
	const [one, other] = [text(found), text(expected)];
	if (one === other) return;
	expect(found).toEqual(expected);
	expect(one).toBe(other);
};

/** Numbers the keys: each run has another one, so that they share no rate limit. */
let keyCount = 0;

jest.setTimeout(120_000);

/** What is clearly no ID, such as a slug, is looked up, and none is found here. */
const isLookUp = ({ method, url }: Sent, { locator, listOf }: Field, value: unknown) =>
	method === 'GET' &&
	((locator ?? listOf)?.finders ?? [])
		.filter((finder) => listOf !== undefined || finder.recognizes?.(String(value)))
		.some((finder) => url === `${BASE_URL}${finder.request([String(value)]).path}`);

const asParameter = ({ type }: Field, value: unknown) =>
	type === 'resourceLocator' ? { __rl: true, mode: 'id', value } : value;

describe.each(operations)('$name', ({ name, resource, operation }) => {
	const { required, every } = golden.get(name) ?? MISSING;
	const send = async (parameters: Record<string, unknown>) =>
		await run(
			{
				credential: { ...credential, secretKey: `${credential.secretKey}${keyCount++}` },
				parameters: {
					resource,
					operation: operation.value,
					...parameters,
					...(leavesOut && { options: { ...(parameters.options as object), emptyValues: 'send' } }),
				},
				items: itemsOf(required),
			},
			(sent) => response(200, responseTo(sent)),
		);
	// Left out, an empty value would not be seen.
	const leavesOut = optionsOf(operation).some(({ absent }) => absent === 'leaveOut');
	const template = pathOf(operation).split('/');

	const check = async (
		{ parameter, field, in: location, wire }: ReturnType<typeof fieldsOf>[number],
		value: unknown,
		base: Sent[],
	) => {
		const { sent, fault } = await send(
			withValueAt(required.parameters, parameter, asParameter(field, value)),
		);
		if (fault) {
			if (!fault.message.endsWith('[item 0]')) expect(fault.message).toMatch(/\[item 0\]$/);
			expect(fault.message).toContain(field.displayName);
			const others = sent.filter((one) => !isLookUp(one, field, value));
			if (others.length > 0) expect(others).toEqual([]);
			return false;
		}
		if (sent.length === 0) throw new Error('Nothing was sent');
		for (const one of sent) {
			const segments = segmentsOf(one);
			// An update sends metadata to a route below the record's.
			const rest = segments.slice(template.length);
			const isTested = (part: string) => part === `{${wire}}`;
			const found = template.map((part, index) => {
				if (isTested(part)) return decodeURIComponent(segments[index]);
				return part.startsWith('{') ? part : segments[index];
			});
			const wanted = template.map((part) => (isTested(part) ? String(value).trim() : part));
			const isPartOf = operation.split && rest.join('/') === 'metadata';
			expect([...found, ...(isPartOf ? [] : rest)]).toEqual(wanted);
		}
		if (location === 'path') return true;
		const own = expectedOf(field, value, isOnForm(field, location as 'body'));
		const isTyped = field.type === 'assignmentCollection';
		const expected = isTyped ? besideJson(own, wire, base) : own;
		const isEntry = wire === operation.batch?.list;
		// Multipart has no null, so such a value is left out.
		const isLeftOut = expected === null && operation.body?.some(({ file }) => file);
		const hasParts = fieldsOf(operation).some((other) => other.wire.startsWith(`${wire}.`));
		const isMultipart = sent.some(({ body }) => Buffer.isBuffer(body));
		// Half a surrogate pair is replaced when it is written.
		const text = () => Buffer.from(String(expected)).toString();
		const whole =
			isMultipart && expected !== NOTHING
				? text()
				: hasParts
					? withParts(expected, wire, base)
					: expected;
		expectSame(foundAt(sent, location, wire), isLeftOut ? NOTHING : isEntry ? [whole] : whole);
		expectSame(othersOf(sent, wire), othersOf(base, wire));
		return true;
	};

	it('sends bad input unchanged, or rejects it by the name of its field', async () => {
		const { sent: base, fault } = await send(required.parameters);
		expect(fault).toBeUndefined();
		const fields = fieldsOf(operation).filter(({ parameter }) => !parameter.includes('.entry.'));
		for (const entry of fields) {
			if (entry.field.file) continue;
			for (const value of badInput()) await check(entry, value, base);
			const good = goodOf(entry.field);
			const accepted: boolean[] = [];
			for (const value of good) accepted.push(await check(entry, value, base));
			// The golden examples send a field that needs another one.
			if (good.length > 0 && !entry.field.needs) expect(accepted).toContain(true);
		}
		const text = fields.find(
			({ field, in: location }) => field.type === 'string' && location === 'body',
		);
		if (text) await check(text, FIVE_MEGABYTES, base);
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	});

	const tables = fieldsByLocation(operation).flatMap(([location, fields]) =>
		fields
			.filter(({ type }) => type === 'fixedCollection')
			.map((field) => ({
				field,
				path: isOnForm(field, location)
					? field.name
					: `${collectionOf(operation, location, field)}.${field.name}`,
			})),
	);
	if (tables.length > 0) {
		it('sends bad input in a table unchanged, or rejects it by its row and column', async () => {
			for (const { field: table, path } of tables) {
				const [row = {}] = (valueAt(every.parameters, `${path}.entry`) ?? []) as Values[];
				const { sent: base } = await send(withValueAt(required.parameters, path, { entry: [row] }));
				const wire = wireName(table);
				const [before] = bodiesOf(base).map((body) => at(body, wire));
				for (const cell of columnsOf(table)) {
					for (const value of [...badInput(), ...goodOf(cell)]) {
						const entry = [{ ...row, [cell.name]: asParameter(cell, value) }];
						const { fault, sent } = await send(withValueAt(required.parameters, path, { entry }));
						if (fault) {
							expect(fault.message).toMatch(/, row 1: /);
							expect(fault.message).toContain(cell.displayName);
							expect(sent.filter((one) => !isLookUp(one, cell, value))).toEqual([]);
							continue;
						}
						const isLeftAlone = value === '' || value === cell.default;
						const expected = isLeftAlone ? NOTHING : expectedOf(cell, value, false);
						const found = foundAt(sent, 'body', wire);
						if (table.encode === 'map')
							expectSame(found, mapWith(before as Values, cell, expected));
						else {
							const [only, ...more] = found as Values[];
							expect(more).toEqual([]);
							expectSame(at(only, wireName(cell)), expected);
							expectSame(
								othersOf([sentWith(only)], wireName(cell)),
								othersOf([sentWith((before as Values[])[0])], wireName(cell)),
							);
						}
						expectSame(othersOf(sent, wire), othersOf(base, wire));
					}
				}
			}
		});
	}
});

const sentWith = (body: Values) => ({ url: '', body: JSON.stringify(body) }) as Sent;

/** Returns the single pair of a table of two columns, with its key or its value replaced. */
function mapWith(pairs: Values, cell: Field, replacement: unknown): Values {
	const [[key, value]] = Object.entries(pairs);
	const cellValue = replacement === NOTHING ? null : replacement;
	return Object.fromEntries([cell.name === 'key' ? [String(cellValue), value] : [key, cellValue]]);
}

describe('apiRequest.send', () => {
	const procedures = resources.flatMap(({ value, operations: all }) =>
		all.filter((one) => isProcedure(one) && one.writes).map((one) => `${value}.${one.value}`),
	);

	/** Tested with bad input in `test/jobs`. */
	const JOBS =
		/^(user\.(upsert|cleanUp|cleanUpTestData|offboard|revokeAllSessions)|organizationMembership\.sync|instance\.applyConfiguration|\w+\.removeMetadataKeys)$/;

	it('is the only procedure that writes and is not a job', () => {
		expect(procedures.filter((name) => !JOBS.test(name))).toEqual(['apiRequest.send']);
	});

	const send = async (values: Values) =>
		await run(
			{
				credential: { ...credential, secretKey: `${credential.secretKey}${keyCount++}` },
				parameters: { resource: 'apiRequest', operation: 'send', method: 'PATCH', ...values },
				items: itemsOf(required),
			},
			() => response(200, {}),
		);
	const { required } = MISSING;

	const expectRejected = ({ fault, sent }: Awaited<ReturnType<typeof send>>, label: RegExp) => {
		expect(fault.message).toMatch(label);
		expect(fault.message).toMatch(/\[item 0\]$/);
		expect(sent).toEqual([]);
	};

	it('sends only to addresses below the API URL, or rejects the path', async () => {
		for (const value of [...TEXTS, ...OTHERS, '//evil.example', 'https://evil.example/v1/users']) {
			for (const path of [value, `/users/${String(value)}`, `/users/x/${String(value)}/y`]) {
				const result = await send({ path });
				if (result.fault) {
					expectRejected(result, /^Path /);
					continue;
				}
				const [{ url }, ...more] = result.sent;
				expect(more).toEqual([]);
				const { origin, pathname, search, hash } = new URL(url);
				expect(`${origin}${pathname}`.startsWith(`${BASE_URL}/`)).toBe(true);
				expect([search, hash]).toEqual(['', '']);
				expect(`${origin}${pathname}`).toBe(url);
			}
		}
	});

	it.each(['query', 'body'])('sends its %s unchanged, or rejects it by name', async (location) => {
		let count = 0;
		for (const value of [...TEXTS, ...OTHERS]) {
			for (const input of [{ thing: value, other: 1 }, value]) {
				const result = await send({ path: '/things', [location]: input });
				if (result.fault) {
					expectRejected(result, /^(Query|Body) /);
					continue;
				}
				count++;
				const [{ qs, body }] = result.sent;
				const found = location === 'query' ? qs : JSON.parse(String(body ?? '{}'));
				const isNone = input === '' || input === null || input === undefined;
				expectSame(found ?? {}, isNone || JSON.stringify(input) === '{}' ? {} : input);
			}
		}
		expect(count).toBeGreaterThan(TEXTS.length);
	});
});
