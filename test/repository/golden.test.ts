import { resources } from '../../nodes/Clerk/resources';
import { API_VERSION } from '../../credentials/clerkKey';
import { mappingsIn } from '../../nodes/Clerk/engine/operation';
import { fieldsOf } from '../../scripts/lib/registry';
import {
	entriesOf,
	hasAt,
	itemsOf,
	namesIn,
	placeOf,
	readExamples,
	withValueAt,
} from '../support/examples';
import type { Example } from '../support/examples';
import { runNode } from '../support/host';
import { startRecorder } from '../support/recorder';
import type { Recorder } from '../support/recorder';

/**
 * Filled-in forms, and the requests that are then on the wire; see `test/examples`. What fails says
 * which file and key to write.
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
	at: placeOf(entry.resource, operation),
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
		});

		const refused = Object.entries(examples.cleared?.refused ?? {});

		if (refused.length > 0) {
			test.each(refused)('%s must not be empty', async (parameter, value) => {
				const parameters = withValueAt(examples.required.parameters, parameter, value);
				const { binary } = examples.required;
				await expect(send(resource, operation, { parameters, binary })).rejects.toThrow(
					/empty|whole number|no value/,
				);
				expect(clerk.take()).toEqual([]);
			});
		}
	},
);

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
	const odd = everyExample.filter((one) => !isKnown(one));
	expect(odd.map(({ at }) => `${at} is no operation`)).toEqual([]);
});

describe.each(everyOperation)('the examples of $name', ({ name, at, operation }) => {
	const examples = everyExample.find((entry) => entry.name === name)?.examples ?? {};
	const { required, every, cleared } = examples;
	const isList = operation.returns.kind === 'list';
	const keys = ['required', 'every', 'cleared', ...(isList ? ['returnAll'] : [])];
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
	const isPaged = operation.returns.kind === 'list' && !operation.returns.paging.whole;

	const lacking = (place: string, names: string[], how = '') =>
		names.map((lacked) => `${at}${place} lacks "${lacked}"${how}`);

	it('are there', () => {
		const missing = keys.filter((key) => !(key in examples));
		expect(lacking('', missing)).toEqual([]);
	});

	if (keys.some((key) => !(key in examples))) return;

	it('show the form with only the required fields', () => {
		const names = namesIn(required.parameters).map(
			(shown) =>
				tables.find(({ parameter }) => shown.startsWith(`${parameter}.`))?.parameter ?? shown,
		);
		expect([
			...lacking(
				' > required > parameters',
				must.filter((field) => !names.includes(field)),
			),
			...names
				.filter((shown) => !must.includes(shown))
				.map((shown) => `${at} > required > parameters has "${shown}", which is not required`),
		]).toEqual([]);
	});

	it('show every field of the form, and each on the wire', () => {
		const shown = [
			...fields.map(({ parameter }) => parameter),
			...(operation.aids ?? []).map(({ name }) => name),
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

	it('empty every field, or show that it must not be empty', () => {
		// A choice among values has no empty one.
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
				must.filter((field) => !refused.includes(field)),
				', with its empty value',
			),
		]).toEqual([]);
	});
});
