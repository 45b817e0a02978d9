import { mappingsIn, pathOf } from '../nodes/Clerk/engine/operation';
import { resources } from '../nodes/Clerk/resources';
import { fieldsOf } from '../scripts/lib/registry';
import { itemsOf, readExamples, valueAt, withValueAt } from './support/examples';
import type { Example } from './support/examples';
import { answer, BASE_URL, credential, run } from './support/scripted';
import type { Sent } from './support/scripted';

/**
 * Bad input, for every field of every operation: it is either sent as what it is, under the path of
 * the operation and beside the other fields as they were, or refused by a message that names the field.
 */

const LONG = 'x'.repeat(100_000);
const FIVE_MEGABYTES = 'ä'.repeat(2_500_000);

const TEXTS = [
	'',
	' ',
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

/** What is on the wire beside the value in question. */
function othersOf({ qs, body }: Sent, wire: string): unknown {
	const without = (values: Record<string, unknown>) => {
		const [name] = wire.split('.');
		return Object.entries(values).filter(([key]) => key !== name);
	};
	const entries = typeof body === 'string' ? (JSON.parse(body) as unknown) : {};
	const rows = Array.isArray(entries) ? entries : [entries];
	return [without(qs ?? {}), ...rows.map((row) => without(row as Record<string, unknown>))];
}

/** Another account each time: they share no rate limit. */
let accounts = 0;

jest.setTimeout(60_000);

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
		base: Sent,
	) => {
		const named = field.type === 'resourceLocator' ? { __rl: true, mode: 'id', value } : value;
		const { sent, fault } = await send(withValueAt(required.parameters, parameter, named));
		if (fault) {
			expect(fault.message).toContain(field.displayName);
			expect(fault.message).toMatch(/\[item 0\]$/);
			expect(sent).toEqual([]);
			return;
		}
		expect(sent.length).toBeGreaterThan(0);
		const [first] = sent;
		const segments = segmentsOf(first);
		// What an update splits off goes below the record.
		const below = segments.slice(template.length);
		expect(operation.split ? ['', 'metadata'] : ['']).toContain(below.join('/'));
		template.forEach((part, at) => {
			if (!part.startsWith('{')) expect(segments[at]).toBe(part);
			else if (part === `{${wire}}`) expect(decodeURIComponent(segments[at])).toBe(String(value));
		});
		if (place !== 'path' && !operation.split)
			expect(othersOf(first, wire)).toEqual(othersOf(base, wire));
	};

	it('sends bad input as what it is, or names its field', async () => {
		const { sent, fault } = await send(required.parameters);
		expect(fault).toBeUndefined();
		const [base] = sent;
		const fields = fieldsOf(operation).filter(({ parameter }) => !parameter.includes('.entry.'));
		for (const entry of fields) {
			if (entry.field.file) continue;
			for (const value of [...TEXTS, ...OTHERS]) await check(entry, value, base);
		}
		const text = fields.find(({ field, in: place }) => field.type === 'string' && place === 'body');
		if (text) await check(text, FIVE_MEGABYTES, base);
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	});

	const tables = fieldsOf(operation).filter(({ parameter }) => parameter.includes('.entry.'));
	if (tables.length > 0) {
		it('names the row and the column of bad input in a table', async () => {
			for (const { parameter, field } of tables) {
				const [path, cell] = parameter.split('.entry.');
				const rows = (valueAt(every.parameters, `${path}.entry`) ?? []) as object[];
				for (const value of [...TEXTS, ...OTHERS]) {
					const named =
						field.type === 'resourceLocator' ? { __rl: true, mode: 'id', value } : value;
					const entry = [{ ...rows[0], [cell]: named }];
					const { fault, sent } = await send(withValueAt(required.parameters, path, { entry }));
					if (!fault) continue;
					expect(fault.message).toMatch(/, row 1: /);
					expect(fault.message).toContain(field.displayName);
					expect(sent).toEqual([]);
				}
			}
		});
	}
});
