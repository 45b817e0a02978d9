import { resources } from '../../nodes/Clerk/resources';
import { API_VERSION } from '../../credentials/clerkKey';
import { aidsOnForm, collectionOf } from '../../nodes/Clerk/engine/form/layout';
import { mappingsIn, methodOf } from '../../nodes/Clerk/engine/operation';
import { fieldsOf } from '../../scripts/lib/registry';
import { entriesOf, hasAt, itemsOf, namesIn, readExamples, withValueAt } from '../support/examples';
import type { Example } from '../support/examples';
import { runNode } from '../support/host';
import { startRecorder } from '../support/recorder';
import type { Recorder } from '../support/recorder';

/** Filled-in forms, and the requests that are then on the wire; see `test/examples`. */

const golden = readExamples();

const operations = resources.flatMap((resource) =>
	mappingsIn(resource).map((operation) => ({ resource: resource.value, operation })),
);

let clerk: Recorder;

beforeAll(async () => {
	clerk = await startRecorder();
});

afterAll(async () => await clerk.close());

const send = async (
	resource: string,
	operation: string,
	{ parameters, binary }: Pick<Example, 'parameters' | 'binary'>,
) => {
	// A production key and its whole limit, so that no example waits for another.
	const credential = { secretKey: 'sk_live_golden', baseUrl: clerk.url, rateLimitShare: 100 };
	await runNode({
		credential,
		parameters: { resource, operation, ...parameters },
		items: itemsOf({ binary }),
	});
	return clerk.take();
};

const named = <T extends { resource: string }>(entry: T, operation: string) => ({
	...entry,
	name: `${entry.resource}.${operation}`,
});

const everyExample = golden.map((entry) => named(entry, entry.operation));

describe.each(everyExample)('$name', ({ resource, operation, examples }) => {
	test.each(Object.entries(examples))('%s', async (_, example) => {
		const arrivals = await send(resource, operation, example);
		expect(arrivals.map(({ request }) => request)).toEqual(example.requests);
	});

	const refused = Object.entries(examples.cleared?.refused ?? {});

	if (refused.length > 0) {
		test.each(refused)('%s must not be empty', async (parameter, value) => {
			const { emptyValues } = examples.cleared.parameters.options ?? {};
			const given = withValueAt(examples.required.parameters, parameter, value);
			const parameters = emptyValues
				? withValueAt(given, 'options.emptyValues', emptyValues)
				: given;
			const { binary } = examples.required;
			await expect(send(resource, operation, { parameters, binary })).rejects.toThrow(
				/empty|whole number|no value/,
			);
			expect(clerk.take()).toEqual([]);
		});
	}
});

test('every request says who asks, for which version, and what it holds', async () => {
	const examples = golden.flatMap(({ resource, operation, examples: { every } }) =>
		every ? [{ resource, operation, every }] : [],
	);
	for (const { resource, operation, every } of examples) {
		for (const { headers, request } of await send(resource, operation, every)) {
			expect(headers).toMatchObject({
				authorization: 'Bearer sk_live_golden',
				'clerk-api-version': API_VERSION,
				...(request.body !== undefined && {
					'content-type': every.binary
						? expect.stringMatching(/^multipart\/form-data; boundary=/)
						: 'application/json',
				}),
			});
		}
	}
}, 60_000);

test('every example is one of an operation', () => {
	const known = operations.map(({ resource, operation }) => `${resource}.${operation.value}`);
	const shown = golden.map(({ resource, operation }) => `${resource}.${operation}`);
	expect(shown.filter((name) => !known.includes(name))).toEqual([]);
});

describe.each(operations.map((entry) => named(entry, entry.operation.value)))(
	'the examples of $name',
	({ resource, operation }) => {
		const examples =
			golden.find((entry) => entry.resource === resource && entry.operation === operation.value)
				?.examples ?? {};
		const { required, every, cleared } = examples;
		const isList = operation.returns.kind === 'list';
		const fields = fieldsOf(operation);
		// What the cells of a table do when they are empty, test/engine/rows.test.ts tells.
		const tables = fields.filter(({ field }) => field.type === 'fixedCollection');
		const whole = fields.filter(
			(field) => !tables.some(({ parameter }) => field.parameter.startsWith(`${parameter}.`)),
		);
		const optional = whole.filter((field) => !field.required).map(({ parameter }) => parameter);
		const must = whole.filter((field) => field.required).map(({ parameter }) => parameter);
		const ofOptions = (operation.options ?? []).map(({ name }) => `options.${name}`);
		const ofList = isList ? ['limit', 'options.offset'] : [];
		const onForm = aidsOnForm(operation);
		// The switch of a table is in the collection that the table is in.
		const aids = (operation.aids ?? []).map((aid) =>
			onForm.includes(aid) ? aid.name : `${collectionOf(operation, 'body')}.${aid.name}`,
		);
		const isPaged = operation.returns.kind === 'list' && !operation.returns.paging.whole;

		it('are there', () => {
			expect(Object.keys(examples)).toEqual(
				expect.arrayContaining(['required', 'every', 'cleared', ...(isList ? ['returnAll'] : [])]),
			);
		});

		it('show the form with only the required fields', () => {
			const names = namesIn(required.parameters).map(
				(name) =>
					tables.find(({ parameter }) => name.startsWith(`${parameter}.`))?.parameter ?? name,
			);
			// An update without anything to write is refused, so that its shortest form has one field.
			const { body = [] } = operation;
			const isUpdate = ['PATCH', 'PUT'].includes(methodOf(operation)) && body.length > 0;
			const more = isUpdate && body.every((field) => !field.required) ? 1 : 0;
			expect(must.filter((name) => !names.includes(name))).toEqual([]);
			expect(names).toHaveLength(must.length + more);
		});

		it('show every field of the form, and each on the wire', () => {
			const names = [...fields.map(({ parameter }) => parameter), ...aids, ...ofOptions, ...ofList];
			expect(names.filter((name) => !hasAt(every.parameters, name))).toEqual([]);

			const sent = every.requests.flatMap(({ query, body }) => [query ?? {}, ...entriesOf(body)]);
			const wire = fields.filter((field) => field.in !== 'path').map((field) => field.wire);
			expect(
				[...wire, ...(isPaged ? ['limit', 'offset'] : [])].filter(
					(name) => !sent.some((values) => hasAt(values, name)),
				),
			).toEqual([]);
		});

		it('empty every field, or show that it must not be empty', () => {
			// A choice among values has no empty one.
			const choices = fields.filter(({ field }) => field.type === 'options');
			const names = [...optional, ...ofList].filter(
				(name) => !choices.some(({ parameter }) => parameter === name),
			);
			const refused = Object.keys(cleared.refused ?? {});
			expect(
				names.filter((name) => !refused.includes(name) && !hasAt(cleared.parameters, name)),
			).toEqual([]);
			expect(must.filter((name) => !refused.includes(name))).toEqual([]);
		});
	},
);
