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
});
