import { resources } from '../../nodes/Clerk/resources';
import { API_VERSION } from '../../credentials/clerkKey';
import { formOnlyOutsideCollections, collectionOf } from '../../nodes/Clerk/engine/form/placement';
import { mappingsIn, methodOf } from '../../nodes/Clerk/engine/operation';
import { fieldsOf } from '../../scripts/lib/registry';
import {
	entriesOf,
	hasAt,
	itemsOf,
	namesIn,
	locationOf,
	readExamples,
	withValueAt,
} from '../support/examples';
import type { Example } from '../support/examples';
import { runNode } from '../support/host';
import { startRecorder } from '../support/recorder';
import type { Recorder } from '../support/recorder';

/**
 * Parameters of the form and the requests that they must send; see `test/examples`. A failure names the
 * file and the key to write.
 */

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
	// A production key with its whole limit, so that no example waits for another.
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
	at: locationOf(entry.resource, operation),
});

const everyOperation = operations.map((entry) => named(entry, entry.operation.value));
const everyExample = golden.map((entry) => named(entry, entry.operation));
const isKnown = ({ name }: { name: string }) => everyOperation.some((one) => one.name === name);

describe.each(everyExample.filter(isKnown))(
	'$name, in $at',
	({ resource, operation, examples }) => {
		test.each(Object.entries(examples))('%s', async (_, example) => {
			const arrivals = await send(resource, operation, example);
			expect(arrivals.map(({ request }) => request)).toEqual(example.requests);
			for (const { headers, request } of arrivals) {
				expect(headers).toMatchObject({
					authorization: 'Bearer sk_live_golden',
					'clerk-api-version': API_VERSION,
					...(request.body !== undefined && {
						'content-type': example.binary
							? expect.stringMatching(/^multipart\/form-data; boundary=/)
							: 'application/json',
					}),
				});
			}
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
	},
);

test('every example belongs to an operation', () => {
	const unknown = everyExample.filter((one) => !isKnown(one));
	expect(unknown.map(({ at }) => `${at} is no operation`)).toEqual([]);
});

describe.each(everyOperation)('the examples of $name', ({ name, at, operation }) => {
	const examples = everyExample.find((entry) => entry.name === name)?.examples ?? {};
	const { required, every, cleared } = examples;
	const isList = operation.returns.kind === 'list';
	const keys = ['required', 'every', 'cleared', ...(isList ? ['returnAll'] : [])];
	const fields = fieldsOf(operation);
	// Empty cells of a table are tested in test/engine/input/table.test.ts.
	const tables = fields.filter(({ field }) => field.type === 'fixedCollection');
	const whole = fields.filter(
		(field) => !tables.some(({ parameter }) => field.parameter.startsWith(`${parameter}.`)),
	);
	const optional = whole.filter((field) => !field.required).map(({ parameter }) => parameter);
	const mandatory = whole.filter((field) => field.required).map(({ parameter }) => parameter);
	const ofOptions = (operation.options ?? []).map(({ name }) => `options.${name}`);
	const ofList = isList ? ['limit', 'options.offset'] : [];
	const onForm = formOnlyOutsideCollections(operation);
	// The switch of a table is in the collection that the table is in.
	const formOnly = (operation.formOnly ?? []).map((field) =>
		onForm.includes(field) ? field.name : `${collectionOf(operation, 'body')}.${field.name}`,
	);
	const isPaged = operation.returns.kind === 'list' && !operation.returns.paging.whole;

	// An update that writes nothing is rejected, so its shortest form has one field.
	const { body = [] } = operation;
	const needsOneMore =
		['PATCH', 'PUT'].includes(methodOf(operation)) &&
		body.length > 0 &&
		body.every((field) => !field.required);

	const lacking = (location: string, names: string[], how = '') =>
		names.map((lacked) => `${at}${location} lacks "${lacked}"${how}`);

	it('exist', () => {
		const missing = keys.filter((key) => !(key in examples));
		expect(lacking('', missing)).toEqual([]);
	});

	if (keys.some((key) => !(key in examples))) return;

	it('have one with only the required fields', () => {
		const names = namesIn(required.parameters).map(
			(shown) =>
				tables.find(({ parameter }) => shown.startsWith(`${parameter}.`))?.parameter ?? shown,
		);
		expect([
			...lacking(
				' > required > parameters',
				mandatory.filter((field) => !names.includes(field)),
			),
			...names
				.filter((shown) => !mandatory.includes(shown))
				.slice(needsOneMore ? 1 : 0)
				.map((shown) => `${at} > required > parameters has "${shown}", which is not required`),
		]).toEqual([]);
		expect(names).toHaveLength(mandatory.length + Number(needsOneMore));
	});

	it('have one with every field of the form, each of which is sent', () => {
		const shown = [
			...fields.map(({ parameter }) => parameter),
			...formOnly,
			...ofOptions,
			...ofList,
		].filter((field) => !hasAt(every.parameters, field));

		const values = every.requests.flatMap(({ query, body }) => [query ?? {}, ...entriesOf(body)]);
		const wire = fields.filter((field) => field.in !== 'path').map((field) => field.wire);
		const sent = [...wire, ...(isPaged ? ['limit', 'offset'] : [])].filter(
			(field) => !values.some((all) => hasAt(all, field)),
		);
		expect([
			...lacking(' > every > parameters', shown),
			...lacking(' > every > requests', sent),
		]).toEqual([]);
	});

	it('have one with every field empty, or rejected when empty', () => {
		// A choice has no empty value.
		const choices = fields.filter(({ field }) => field.type === 'options');
		const clearable = [...optional, ...ofList].filter(
			(name) => !choices.some(({ parameter }) => parameter === name),
		);
		const refused = Object.keys(cleared.refused ?? {});
		expect([
			...lacking(
				' > cleared > parameters',
				clearable.filter((field) => !refused.includes(field) && !hasAt(cleared.parameters, field)),
				', emptied (or cleared > refused, where it must not be empty)',
			),
			...lacking(
				' > cleared > refused',
				mandatory.filter((field) => !refused.includes(field)),
				', with its empty value',
			),
		]).toEqual([]);
	});
});
