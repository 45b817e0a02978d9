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
import { collectionOf, isOnForm } from '../../nodes/Clerk/engine/form/layout';
import { columnsOf } from '../../nodes/Clerk/engine/input/table';
import { resources } from '../../nodes/Clerk/resources';
import { fieldsOf } from '../../scripts/lib/registry';
import { itemsOf, readExamples, valueAt, withValueAt } from '../support/examples';
import type { Example } from '../support/examples';
import { at, expectedOf, goodOf, NOTHING } from '../support/expected';
import { answer, BASE_URL, credential, run } from '../support/scripted';
import type { Sent } from '../support/scripted';

/**
 * Bad input, for every field of every operation: it is either sent as what it is, under the path of
 * the operation and beside the other fields as they were, or refused by a message that names the field.
 * Good input goes along, so that every encoder sends something; `support/expected` says what.
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

/** What every field gets; of all else each gets a third, so that every value meets every kind of field. */
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

/** `golden.test` says which examples are missing. */
const MISSING: Record<string, Example> = {
	required: { parameters: {}, requests: [] },
	every: { parameters: {}, requests: [] },
};

/** An answer with a record for each entry of a call that carried several. */
function answerTo({ body }: Sent): unknown {
	if (typeof body !== 'string') return {};
	const entries = JSON.parse(body) as unknown;
	if (Array.isArray(entries)) return entries;
	const [list] = Object.values(entries as object);
	return Array.isArray(list) ? list.map((id: unknown) => ({ id })) : {};
}

const segmentsOf = ({ url }: Sent) => url.slice(BASE_URL.length).split('/');

type Values = Record<string, unknown>;

/** The texts of a multipart body, without its files. */
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

/** The bodies of all requests, one entry each of those that carry several. */
const bodiesOf = (sent: Sent[]): Values[] =>
	sent.flatMap(({ body }) => {
		if (Buffer.isBuffer(body)) return [partsOf(body)];
		const parsed = typeof body === 'string' ? (JSON.parse(body) as Values | Values[]) : {};
		return Array.isArray(parsed) ? parsed : [parsed];
	});

/** What is on the wire beside the value in question, over all requests that one form makes. */
function othersOf(sent: Sent[], wire: string): Values[] {
	const [top] = wire.split('.');
	const without = (values: Values) =>
		Object.fromEntries(Object.entries(values).filter(([key]) => key !== top));
	return [
		without(Object.assign({}, ...sent.map(({ qs }) => qs as Values)) as Values),
		without(Object.assign({}, ...bodiesOf(sent)) as Values),
	];
}

/** The value in question: there once, or not at all. */
function foundAt(sent: Sent[], place: string, wire: string): unknown {
	const holders = place === 'query' ? sent.map(({ qs }) => (qs ?? {}) as Values) : bodiesOf(sent);
	const found = holders.map((values) => at(values, wire)).filter((value) => value !== NOTHING);
	expect(found.length).toBeLessThan(2);
	return found.length === 0 ? NOTHING : found[0];
}

/** What is given for a part of an object wins over what is given for the whole. */
function withParts(expected: unknown, wire: string, base: Sent[]): unknown {
	const [parts] = bodiesOf(base).map((body) => at(body, wire));
	const isObject = (value: unknown) => value !== null && typeof value === 'object';
	if (!isObject(parts) || Array.isArray(parts) || !isObject(expected)) return expected;
	return Object.fromEntries([
		...Object.entries(expected as Values),
		...Object.entries(parts as Values),
	]);
}

/** By their text, which tells `__proto__` from nothing, and 1 from "1". */
const same = (found: unknown, expected: unknown) => {
	const text = (value: unknown) => (value === NOTHING ? 'nothing' : JSON.stringify(value));
	if (text(found) !== text(expected)) expect(found).toEqual(expected);
	expect(text(found) === text(expected)).toBe(true);
};

/** Another account each time: they share no rate limit. */
let accounts = 0;

jest.setTimeout(120_000);

/** What is clearly no ID, such as a slug, is looked up, and none is found here. */
const isLookUp = ({ method, url }: Sent, { locator }: Field, value: unknown) =>
	method === 'GET' &&
	(locator?.finders ?? [])
		.filter((finder) => finder.recognizes?.(String(value)))
		.some((finder) => url === `${BASE_URL}${finder.request([String(value)]).path}`);

const framed = ({ type }: Field, value: unknown) =>
	type === 'resourceLocator' ? { __rl: true, mode: 'id', value } : value;

describe.each(operations)('$name', ({ name, resource, operation }) => {
	const { required, every } = golden.get(name) ?? MISSING;
	const send = async (parameters: Record<string, unknown>) =>
		await run(
			{
				credential: { ...credential, secretKey: `${credential.secretKey}${accounts++}` },
				parameters: { resource, operation: operation.value, ...parameters },
				items: itemsOf(required),
			},
			(sent) => answer(200, answerTo(sent)),
		);
	const template = pathOf(operation).split('/');

	const check = async (
		{ parameter, field, in: place, wire }: ReturnType<typeof fieldsOf>[number],
		value: unknown,
		base: Sent[],
	) => {
		const { sent, fault } = await send(
			withValueAt(required.parameters, parameter, framed(field, value)),
		);
		if (fault) {
			expect(fault.message).toContain(field.displayName);
			expect(fault.message).toMatch(/\[item 0\]$/);
			expect(sent.filter((one) => !isLookUp(one, field, value))).toEqual([]);
			return false;
		}
		expect(sent.length).toBeGreaterThan(0);
		for (const one of sent) {
			const segments = segmentsOf(one);
			// What an update splits off goes below the record.
			const below = segments.slice(template.length);
			expect(operation.split ? ['', 'metadata'] : ['']).toContain(below.join('/'));
			template.forEach((part, index) => {
				if (!part.startsWith('{')) expect(segments[index]).toBe(part);
				else if (part === `{${wire}}`) {
					expect(decodeURIComponent(segments[index])).toBe(String(value).trim());
				}
			});
		}
		if (place === 'path') return true;
		const expected = expectedOf(field, value, isOnForm(field, place as 'body'));
		const isEntry = wire === operation.batch?.list;
		// What multipart has no null for does not go along.
		const isLeftOut = expected === null && operation.body?.some(({ file }) => file);
		const hasParts = fieldsOf(operation).some((other) => other.wire.startsWith(`${wire}.`));
		const isMultipart = sent.some(({ body }) => Buffer.isBuffer(body));
		// Half a character cannot be written.
		const text = () => Buffer.from(String(expected)).toString();
		const whole =
			isMultipart && expected !== NOTHING
				? text()
				: hasParts
					? withParts(expected, wire, base)
					: expected;
		same(foundAt(sent, place, wire), isLeftOut ? NOTHING : isEntry ? [whole] : whole);
		same(othersOf(sent, wire), othersOf(base, wire));
		return true;
	};

	it('sends bad input as what it is, or names its field', async () => {
		const { sent: base, fault } = await send(required.parameters);
		expect(fault).toBeUndefined();
		const fields = fieldsOf(operation).filter(({ parameter }) => !parameter.includes('.entry.'));
		for (const entry of fields) {
			if (entry.field.file) continue;
			for (const value of badInput()) await check(entry, value, base);
			const good = goodOf(entry.field);
			const taken: boolean[] = [];
			for (const value of good) taken.push(await check(entry, value, base));
			// Beside the field that it needs, one is sent by the golden examples.
			if (good.length > 0 && !entry.field.needs) expect(taken).toContain(true);
		}
		const text = fields.find(({ field, in: place }) => field.type === 'string' && place === 'body');
		if (text) await check(text, FIVE_MEGABYTES, base);
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	});

	const tables = fieldsByLocation(operation).flatMap(([place, fields]) =>
		fields
			.filter(({ type }) => type === 'fixedCollection')
			.map((field) => ({
				field,
				path: isOnForm(field, place)
					? field.name
					: `${collectionOf(operation, place)}.${field.name}`,
			})),
	);
	if (tables.length > 0) {
		it('sends bad input in a table as what it is, or names its row and column', async () => {
			for (const { field: table, path } of tables) {
				const [row = {}] = (valueAt(every.parameters, `${path}.entry`) ?? []) as Values[];
				const { sent: base } = await send(withValueAt(required.parameters, path, { entry: [row] }));
				const wire = wireName(table);
				const [before] = bodiesOf(base).map((body) => at(body, wire));
				for (const cell of columnsOf(table)) {
					for (const value of [...badInput(), ...goodOf(cell)]) {
						const entry = [{ ...row, [cell.name]: framed(cell, value) }];
						const { fault, sent } = await send(withValueAt(required.parameters, path, { entry }));
						if (fault) {
							expect(fault.message).toMatch(/, row 1: /);
							expect(fault.message).toContain(cell.displayName);
							expect(sent).toEqual([]);
							continue;
						}
						const isLeftAlone = value === '' || value === cell.default;
						const expected = isLeftAlone ? NOTHING : expectedOf(cell, value, false);
						const found = foundAt(sent, 'body', wire);
						if (table.encode === 'map') same(found, mapWith(before as Values, cell, expected));
						else {
							const [only, ...more] = found as Values[];
							expect(more).toEqual([]);
							same(at(only, wireName(cell)), expected);
							same(
								othersOf([sentWith(only)], wireName(cell)),
								othersOf([sentWith((before as Values[])[0])], wireName(cell)),
							);
						}
						same(othersOf(sent, wire), othersOf(base, wire));
					}
				}
			}
		});
	}
});

const sentWith = (body: Values) => ({ url: '', body: JSON.stringify(body) }) as Sent;

/** The one pair of a table of two columns, with one half of it replaced. */
function mapWith(before: Values, cell: Field, value: unknown): Values {
	const [[key, kept]] = Object.entries(before);
	const given = value === NOTHING ? null : value;
	return Object.fromEntries([cell.name === 'key' ? [String(given), kept] : [key, given]]);
}

describe('a request of one own', () => {
	const procedures = resources.flatMap(({ value, operations: all }) =>
		all.filter((one) => isProcedure(one) && one.writes).map((one) => `${value}.${one.value}`),
	);

	/** Their plans are tested with hostile input of their own, in `test/jobs`. */
	const JOBS =
		/^(user\.(upsert|cleanUp|offboard|revokeAllSessions)|organizationMembership\.sync|\w+\.removeMetadataKeys)$/;

	it('is all that is sent without a mapping or a plan', () => {
		expect(procedures.filter((name) => !JOBS.test(name))).toEqual(['apiRequest.send']);
	});

	const send = async (values: Values) =>
		await run(
			{
				credential: { ...credential, secretKey: `${credential.secretKey}${accounts++}` },
				parameters: { resource: 'apiRequest', operation: 'send', method: 'PATCH', ...values },
				items: itemsOf(required),
			},
			() => answer(200, {}),
		);
	const { required } = MISSING;

	const refused = ({ fault, sent }: Awaited<ReturnType<typeof send>>, label: RegExp) => {
		expect(fault.message).toMatch(label);
		expect(fault.message).toMatch(/\[item 0\]$/);
		expect(sent).toEqual([]);
	};

	it('stays below the address of the API, whatever its path', async () => {
		for (const value of [...TEXTS, ...OTHERS, '//evil.example', 'https://evil.example/v1/users']) {
			for (const path of [value, `/users/${String(value)}`, `/users/x/${String(value)}/y`]) {
				const done = await send({ path });
				if (done.fault) {
					refused(done, /^Path /);
					continue;
				}
				const [{ url }, ...more] = done.sent;
				expect(more).toEqual([]);
				const { origin, pathname, search, hash } = new URL(url);
				expect(`${origin}${pathname}`.startsWith(`${BASE_URL}/`)).toBe(true);
				expect([search, hash]).toEqual(['', '']);
				expect(`${origin}${pathname}`).toBe(url);
			}
		}
	});

	it.each(['query', 'body'])('sends what stands in its %s as it is, or names it', async (place) => {
		let count = 0;
		for (const value of [...TEXTS, ...OTHERS]) {
			for (const given of [{ thing: value, other: 1 }, value]) {
				const done = await send({ path: '/things', [place]: given });
				if (done.fault) {
					refused(done, /^(Query|Body) /);
					continue;
				}
				count++;
				const [{ qs, body }] = done.sent;
				const found = place === 'query' ? qs : JSON.parse(String(body ?? '{}'));
				const isNone = given === '' || given === null || given === undefined;
				same(found ?? {}, isNone || JSON.stringify(given) === '{}' ? {} : given);
			}
		}
		expect(count).toBeGreaterThan(TEXTS.length);
	});
});
