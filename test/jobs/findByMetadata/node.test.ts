import { NodeHelpers } from 'n8n-workflow';
import type { IDataObject, INode } from 'n8n-workflow';

import { startClerk } from '../../../sandbox/clerk';
import { Clerk as ClerkNode } from '../../../nodes/Clerk/Clerk.node';
import { hostOf } from '../../support/host';

type Clerk = Awaited<ReturnType<typeof startClerk>>;

let clerk: Clerk;

const PEOPLE = {
	ada: 'ada.berg@example.com',
	dana: 'dana.levi@example.com',
	wes: 'wes.carter@example.com',
};

const userOf = (name: keyof typeof PEOPLE) =>
	clerk.state.users.where('email_address', PEOPLE[name])[0];

const give = (name: keyof typeof PEOPLE, metadata: IDataObject) =>
	Object.assign(userOf(name), metadata);

interface Given {
	resource?: 'user' | 'organization';
	/** Of each item. */
	values?: unknown[];
	form?: IDataObject;
	continueOnFail?: boolean;
	node?: Partial<INode>;
}

/** Runs the node, and returns its output, its hints, and the error it failed with. */
const find = async ({
	resource = 'user',
	values = ['cus_1'],
	form = {},
	continueOnFail,
	node,
}: Given) => {
	const host = hostOf({
		credential: {
			secretKey: clerk.liveSecretKey,
			baseUrl: clerk.url,
			accessPolicy: 'readOnly',
			rateLimitShare: 100,
		},
		parameters: values.map((metadataValue) => ({
			resource,
			operation: 'findByMetadata',
			metadataKey: 'stripeCustomerId',
			match: 'equals',
			kinds: ['private', 'public'],
			ifNone: 'fail',
			ifSeveral: 'fail',
			additionalFields: {},
			options: {},
			metadataValue,
			...form,
		})) as IDataObject[],
		items: values.map((_, at) => ({ json: { row: at } })),
		continueOnFail,
		node,
	});
	const outcome = await new ClerkNode().execute.call(host as never).then(
		([items]) => ({ items, message: '' }),
		({ message }: Error) => ({ items: [], message }),
	);
	const hints = host.hints.map(({ message }: { message: string }) => message) as string[];
	const found = outcome.items.map(({ json, pairedItem }) => [
		(pairedItem as { item: number }).item,
		json.error ?? json.primaryEmailAddress ?? json.name ?? json,
	]);
	return { ...outcome, found, hints };
};

beforeEach(async () => {
	clerk = await startClerk({ seed: 'company', rateLimit: false });
});

afterEach(async () => await clerk.close());

describe('User: Find by Metadata', () => {
	it('finds the user of each item with one pass, and links each to its item', async () => {
		give('dana', { private_metadata: { stripeCustomerId: 'cus_1' } });
		give('ada', { public_metadata: { stripeCustomerId: 'cus_2' } });
		const { found, items } = await find({ values: ['cus_2', 'cus_1', 'cus_2'] });
		expect(found).toEqual([
			[0, PEOPLE.ada],
			[1, PEOPLE.dana],
			[2, PEOPLE.ada],
		]);
		expect(items[0].json).not.toBe(items[2].json);
		expect(clerk.requests.map(({ path }) => path)).toEqual(['/users']);
	});

	it('looks into the kinds of metadata that the form names, and not into what users write', async () => {
		give('wes', { unsafe_metadata: { stripeCustomerId: 'cus_1' } });
		expect((await find({})).message).toBe(
			'Key "stripeCustomerId" was not found: no user has it in its private or public metadata [item 0]',
		);
		give('dana', { private_metadata: { stripeCustomerId: 'cus_1' } });
		expect((await find({})).found).toEqual([[0, PEOPLE.dana]]);
		expect((await find({ form: { kinds: ['public'] } })).message).toContain('was not found');

		const all = ['private', 'public', 'unsafe'];
		const { message } = await find({ form: { kinds: all } });
		expect(message).toMatch(/^Value "cus_1" matches 2 users: /);
		const alone = await find({ form: { kinds: ['unsafe'] } });
		expect(alone.found).toEqual([[0, PEOPLE.wes]]);
		expect(alone.hints).toEqual([
			'Found only by unsafe metadata: 1. Users can edit it themselves, so do not trust it.',
		]);
	});

	it.each([
		[['private', 'public'], false],
		[['private', 'unsafe'], true],
	])('warns on the form with the kinds %j: %s', (kinds, isShown) => {
		const { description } = new ClerkNode();
		const values = { resource: 'user', operation: 'findByMetadata', kinds };
		const shown = description.properties.filter(
			(property) =>
				property.type === 'notice' &&
				NodeHelpers.displayParameter(values, property, null, description),
		);
		expect(shown.map(({ name }) => name)).toEqual(
			isShown ? ['notice', 'unsafeNotice'] : ['notice'],
		);
	});

	it('names those that have the same value, or returns them all', async () => {
		const { id: ada } = give('ada', { private_metadata: { stripeCustomerId: 'cus_1' } });
		const { id: dana } = give('dana', { public_metadata: { stripeCustomerId: 'cus_1' } });
		const { message } = await find({});
		expect(message).toMatch(/^Value "cus_1" matches 2 users: /);
		expect(message).toContain(`Ada Berg (${PEOPLE.ada}), ${ada}`);
		expect(message).toContain(`Dana Levi (${PEOPLE.dana}), ${dana}`);
		expect(message).toMatch(/or set If Several to Return All \[item 0\]$/);

		const all = { ifSeveral: 'all', returnAll: true };
		const both = await find({ values: ['cus_1', 'cus_1'], form: all });
		expect(both.found.map(([item]) => item)).toEqual([0, 0, 1, 1]);
		expect(new Set(both.found.map(([, email]) => email))).toEqual(
			new Set([PEOPLE.ada, PEOPLE.dana]),
		);
		const limited = await find({
			values: ['cus_1', 'cus_1'],
			form: { ...all, returnAll: false, limit: 1 },
		});
		expect(limited.found.map(([item]) => item)).toEqual([0, 1]);
		expect(limited.hints.join()).toContain("'Limit'");
		expect(both.hints).toEqual([]);
	});

	it.each<[string, IDataObject, unknown, IDataObject, string]>([
		[
			'a number for text',
			{ stripeCustomerId: '1' },
			1,
			{},
			'Value 1 was not found: no user has it at "stripeCustomerId" in its private or public metadata. One has the same text, but of another type: add Loose to find it [item 0]',
		],
		[
			'one value for a list',
			{ stripeCustomerId: ['cus_1'] },
			'cus_1',
			{},
			'Value "cus_1" was not found: no user has it at "stripeCustomerId" in its private or public metadata. One has it in a list: set Match to List Contains [item 0]',
		],
		[
			'a list for one value',
			{ stripeCustomerId: 'cus_1' },
			'cus_1',
			{ match: 'listContains' },
			'Value "cus_1" was not found: no user has it at "stripeCustomerId" in its private or public metadata. One has it as a single value, not in a list: set Match to Equals [item 0]',
		],
		[
			'another value',
			{ billing: { id: 'cus_2' } },
			'cus_1',
			{ metadataKey: 'billing.id' },
			'Value "cus_1" was not found: no user has it at "billing.id" in its private or public metadata [item 0]',
		],
		[
			'a key with the kind of metadata in front',
			{ stripeCustomerId: 'cus_1' },
			'cus_1',
			{ metadataKey: 'private_metadata.stripeCustomerId' },
			'Key "private_metadata.stripeCustomerId" was not found: no user has it in its private or public metadata. Leave out "private_metadata": Kinds of Metadata says where to look [item 0]',
		],
	])('says what was looked for, and what is there: %s', async (_, stored, value, form, message) => {
		give('dana', { private_metadata: stored });
		expect((await find({ values: [value], form })).message).toBe(message);
	});

	it.each<[string, IDataObject, unknown, IDataObject]>([
		['loosely', { stripeCustomerId: 1 }, '1 ', { additionalFields: { loose: true } }],
		['in a list', { stripeCustomerId: ['a', 1] }, 1, { match: 'listContains' }],
		['a boolean', { 'a.b': { c: false } }, false, { metadataKey: 'a\\.b.c' }],
		['any value', { stripeCustomerId: null }, undefined, { match: 'exists' }],
	])('finds %s', async (_, stored, value, form) => {
		give('dana', { private_metadata: stored });
		expect((await find({ values: [value], form })).found).toEqual([[0, PEOPLE.dana]]);
	});

	it('looks for a key alone once for the whole input', async () => {
		give('dana', { private_metadata: { stripeCustomerId: 'cus_1' } });
		give('wes', { private_metadata: { stripeCustomerId: 'cus_2' } });
		const form = { match: 'exists' };
		expect((await find({ form })).message).toMatch(/^Key "stripeCustomerId" matches 2 users: /);
		const { found } = await find({
			values: ['', ''],
			form: { ...form, ifSeveral: 'all', returnAll: true },
		});
		expect(found.map(([item]) => item)).toEqual([0, 0]);
	});

	it('returns an empty item in the place of each that is not found, if it should', async () => {
		give('dana', { private_metadata: { stripeCustomerId: 'cus_1' } });
		const form = { ifNone: 'empty' };
		const { found } = await find({ values: ['cus_9', 'cus_1', 'cus_8'], form });
		expect(found).toEqual([
			[0, {}],
			[1, PEOPLE.dana],
			[2, {}],
		]);
	});

	const INVALID: Array<[unknown, string]> = [
		['', 'Value is empty'],
		[null, 'Value is empty'],
		['  ', 'Value is empty'],
		['undefined', 'Value is "undefined", which an expression returns if there is no value'],
		[
			'[object Object]',
			'Value is "[object Object]", which an expression returns if there is no value',
		],
		[{ id: 1 }, 'Value needs text, a number, true or false, but got an object'],
		[['cus_1'], 'Value needs text, a number, true or false, but got a list'],
		[NaN, 'Value holds the number NaN'],
		[2 ** 60, 'Value holds the number 1152921504606847000, which cannot be an identifier'],
		['1.75E+17', 'Value holds "1.75E+17", a shortened number'],
	];

	it.each(INVALID)('rejects %j before it reads anything', async (value, message) => {
		give('dana', { private_metadata: { stripeCustomerId: 'cus_1', other: '' } });
		const failed = await find({ values: ['cus_1', value] });
		expect(failed.message).toContain(message);
		expect(failed.message).toMatch(/\[item 1\]$/);
		expect(clerk.requests).toEqual([]);
	});

	it('lets only items that are invalid, not found or not clear fail, with continue on fail', async () => {
		give('dana', { private_metadata: { stripeCustomerId: 'cus_1' } });
		give('ada', { private_metadata: { stripeCustomerId: 'cus_2' } });
		give('wes', { private_metadata: { stripeCustomerId: 'cus_2' } });
		const values = ['', 'cus_9', 'cus_1', 'cus_2', { id: 1 }];
		const { found, items } = await find({ values, continueOnFail: true });
		expect(found.map(([item]) => item)).toEqual([0, 1, 2, 3, 4]);
		expect(found[2]).toEqual([2, PEOPLE.dana]);
		expect(found.map(([, about]) => String(about).slice(0, 20))).toEqual([
			'Value is empty [item',
			'Value "cus_9" was no',
			PEOPLE.dana.slice(0, 20),
			'Value "cus_2" matche',
			'Value needs text, a ',
		]);
		expect(items[1].json).toMatchObject({ row: 1 });
		expect(items[1].json.message).toContain('Nothing was changed.');
		expect(clerk.requests).toHaveLength(1);
	});

	it('reads nothing when every item is invalid', async () => {
		const { found } = await find({ values: ['', ''], continueOnFail: true });
		expect(found).toHaveLength(2);
		expect(clerk.requests).toEqual([]);
	});

	it('gives every item the error of a list that cannot be read', async () => {
		clerk.addFault({ kind: 'status', path: '/users', status: 403, times: 9 });
		const { found } = await find({ values: ['cus_1', '', 'cus_2'], continueOnFail: true });
		expect(found.map(([item, about]) => [item, typeof about])).toEqual([
			[0, 'string'],
			[1, 'string'],
			[2, 'string'],
		]);
		expect(found[1][1]).toContain('Value is empty');
		expect((await find({})).message).toMatch(/\[item 0\]$/);
	});

	it('survives faults', async () => {
		give('dana', { private_metadata: { stripeCustomerId: 'cus_1' } });
		clerk.addFault({ kind: 'status', status: 503, method: 'GET', times: 2 });
		expect((await find({})).found).toEqual([[0, PEOPLE.dana]]);
	});

	it.each([
		['an empty object', {}],
		['null', null],
		['a record', { id: 'user_1', email_addresses: [] }],
		['errors with 200', { errors: [] }],
	])('fails if a response is no list: %s', async (_, body) => {
		give('dana', { private_metadata: { stripeCustomerId: 'cus_1' } });
		clerk.addFault({ kind: 'status', status: 200, body, path: '/users', times: 9 });
		const { message } = await find({ form: { ifNone: 'empty' } });
		expect(message).toMatch(/\[item 0\]$/);
	});

	it.each<[IDataObject, string]>([
		[{ metadataKey: '' }, 'Key is empty'],
		[{ metadataKey: 'a..b' }, 'Key has an empty name in "a..b"'],
		[{ kinds: [] }, 'Kinds of Metadata is empty'],
		[{ kinds: ['secret'] }, 'Kinds of Metadata needs one of private, public, unsafe'],
		[{ match: 'contains' }, 'Match needs one of equals, exists, listContains'],
		[{ ifNone: 'ignore' }, 'If None needs one of fail, empty'],
		[{ ifSeveral: 'first' }, 'If Several needs one of fail, all'],
		[{ ifSeveral: 'all', limit: 0 }, 'Limit needs a number of at least 1'],
	])('rejects the form %j', async (form, message) => {
		expect((await find({ form })).message).toContain(message);
		expect(clerk.requests).toEqual([]);
	});

	it('outputs what the Output field asks for', async () => {
		const { id } = give('dana', { private_metadata: { stripeCustomerId: 'cus_1' } });
		const [raw] = (await find({ form: { output: 'raw' } })).items;
		expect(raw.json).toMatchObject({ object: 'user', first_name: 'Dana' });
		const selected = { output: 'selectedFields', fields: ['id', 'firstName'] };
		const [chosen] = (await find({ form: selected })).items;
		expect(chosen.json).toEqual({ id, firstName: 'Dana' });
		const wrong = await find({ form: { ...selected, fields: ['name'] } });
		expect(wrong.message).toContain('has no field "name"');
	});

	it('answers an agent in its one item', async () => {
		const node = { type: 'n8n-nodes-clerk.clerkTool' };
		give('dana', { private_metadata: { stripeCustomerId: 'cus_1' } });
		const { items } = await find({ node });
		expect(items.map(({ json }) => json.primaryEmailAddress)).toEqual([PEOPLE.dana]);
		const missing = await find({ values: ['cus_9'], node });
		expect(missing.items).toHaveLength(1);
		expect(missing.items[0].json).toEqual({
			error:
				'Value "cus_9" was not found: no user has it at "stripeCustomerId" in its private or public metadata',
			details: 'Nothing was changed.',
		});
		const empty = await find({ values: ['cus_9'], form: { ifNone: 'empty' }, node });
		expect(empty.items.map(({ json }) => json)).toEqual([{ note: 'Nothing was found' }]);
	});
});

describe('with more than 20 pages', () => {
	it('finds the oldest in spite of faults and the limit, and says that one request would be enough', async () => {
		await clerk.close();
		clerk = await startClerk({ seed: { users: 11_000 } });
		clerk.addFault({ kind: 'status', status: 503, method: 'GET', times: 3, skip: 2 });
		clerk.addFault({ kind: 'status', status: 429, method: 'GET', times: 1, skip: 12 });
		const oldest = clerk.state.users.rows[0];
		Object.assign(oldest, { private_metadata: { stripeCustomerId: 'cus_1' } });
		const { items, hints } = await find({});
		expect(items.map(({ json }) => json.id)).toEqual([oldest.id]);
		expect(hints).toContainEqual(
			expect.stringMatching(
				/^This took \d\d requests\. One request is enough where the value is the user's external ID/,
			),
		);
	});
});

it('requests no more pages at once than Concurrency allows', async () => {
	await clerk.close();
	clerk = await startClerk({ seed: { users: 3_000 }, rateLimit: false });
	Object.assign(clerk.state.users.rows[0], { private_metadata: { stripeCustomerId: 'cus_1' } });
	/** How many requests read a slice of the list. */
	const slices = async (options: IDataObject) => {
		clerk.requests.length = 0;
		await find({ form: { options } });
		return clerk.requests.filter(({ query }) => query.created_at_before !== undefined).length;
	};
	expect(await slices({})).toBeGreaterThan(0);
	expect(await slices({ concurrency: 1 })).toBe(0);
});

describe('Organization: Find by Metadata', () => {
	it('finds the organization of each item, and names those with the same value', async () => {
		const [first, second] = clerk.state.organizations.rows;
		Object.assign(first, { private_metadata: { stripeCustomerId: 'cus_1' } });
		Object.assign(second, { public_metadata: { stripeCustomerId: 'cus_2' } });
		const given = { resource: 'organization' as const, values: ['cus_2', 'cus_1'] };
		expect((await find(given)).found).toEqual([
			[0, second.name],
			[1, first.name],
		]);
		Object.assign(second, { public_metadata: { stripeCustomerId: 'cus_1' } });
		const { message } = await find({ ...given, values: ['cus_1'] });
		expect(message).toContain(`matches 2 organizations: `);
		expect(message).toContain(`${first.name}, ${first.id}`);
		expect((await find({ ...given, form: { kinds: ['unsafe'] } })).message).toContain(
			'Kinds of Metadata needs one of private, public',
		);
	});
});
