import type { ApiRequest, ClerkRecord } from '../../../nodes/Clerk/engine/operation';
import { RequestError } from '../../../nodes/Clerk/engine/http/outcome';
import { readReference, Reference } from '../../../nodes/Clerk/engine/input/reference';
import { resolve } from '../../../nodes/Clerk/engine/run/resolve';
import { locators } from '../../../nodes/Clerk/fields/locators';

const { user, organization } = locators;

const reference = (mode: string, value: string, label = 'User') =>
	new Reference(label === 'User' ? user : organization, mode, value, label);

const address = (email_address: string, status: string | null = 'verified') => ({
	email_address,
	verification: status && { status },
});

const withEmail = (id: string, ...email_addresses: unknown[]): ClerkRecord => ({
	id,
	email_addresses,
});

/** A Clerk that responds with these records to every request. */
function clerkWith(rows: unknown) {
	const sent: ApiRequest[] = [];
	const send = async (request: ApiRequest) => {
		sent.push(request);
		return rows;
	};
	return { send, sent };
}

/** Returns the ID, or the message of the error. */
async function lookUp(given: Reference, rows: unknown): Promise<string> {
	await resolve([given], clerkWith(rows).send);
	try {
		return given.id;
	} catch (error) {
		return (error as Error).message;
	}
}

const notFound = async (request: ApiRequest): Promise<never> => {
	const body = { errors: [{ code: 'resource_not_found', message: 'not found' }] };
	throw new RequestError({ kind: 'response', status: 404, body, request });
};

describe('resolve', () => {
	it('is not needed for an ID', () => {
		expect(reference('id', 'user_1').id).toBe('user_1');
		expect(reference('list', 'user_2').id).toBe('user_2');
	});

	it('sends a hundred values in one request, and each value once', async () => {
		const all = Array.from({ length: 250 }, (_, number) =>
			withEmail(`u${number}`, address(`${number}@x.y`)),
		);
		const { send, sent } = clerkWith(all);
		const references = [...all, ...all].map((_, number) =>
			reference('emailAddress', `${number % 250}@x.y`),
		);
		await resolve(references, send);
		expect(sent.map(({ query }) => (query?.email_address as string[]).length)).toEqual([
			100, 100, 50,
		]);
		expect(references.map(({ id }) => id)).toEqual(
			references.map((_, number) => `u${number % 250}`),
		);
	});

	it('requests as many records as a page can have, so that unverified addresses push no user out', async () => {
		const { send, sent } = clerkWith([]);
		await resolve([reference('emailAddress', 'a@x.y')], send);
		expect(sent[0]).toMatchObject({ method: 'GET', path: '/users', query: { limit: 500 } });
	});

	it('reads each shape of list', async () => {
		const rows = [withEmail('user_1', address('a@x.y'))];
		expect(await lookUp(reference('emailAddress', 'a@x.y'), rows)).toBe('user_1');
		expect(await lookUp(reference('emailAddress', 'a@x.y'), { data: rows })).toBe('user_1');
	});
});

describe('resolve, of a user by email address', () => {
	it('finds the user in any case, and with spaces around', async () => {
		const rows = [withEmail('user_1', address('Ada@Example.com'))];
		expect(
			await lookUp(readReference(user, 'emailAddress', ' ada@example.COM ', 'User'), rows),
		).toBe('user_1');
	});

	it.each(['unverified', 'expired', 'failed', 'transferable', null])(
		'does not find a user by an address whose verification is %p',
		async (status) => {
			const rows = [withEmail('user_1', address('a@x.y', status))];
			expect(await lookUp(reference('emailAddress', 'a@x.y'), rows)).toBe(
				'User was not found: there is no user with the verified email address "a@x.y"',
			);
		},
	);

	it('finds the user with the verified address when another one has it unverified', async () => {
		const rows = [
			withEmail('user_thief', address('a@x.y', 'unverified'), address('thief@x.y')),
			withEmail('user_owner', address('a@x.y')),
		];
		expect(await lookUp(reference('emailAddress', 'a@x.y'), rows)).toBe('user_owner');
	});

	it('rejects an address that two users have verified', async () => {
		const rows = [withEmail('user_1', address('a@x.y')), withEmail('user_2', address('a@x.y'))];
		expect(await lookUp(reference('emailAddress', 'a@x.y'), rows)).toBe(
			'User is not clear: there are 2 with the verified email address "a@x.y"',
		);
	});

	it('does not find a user that Clerk returned for another value of the request', async () => {
		const rows = [withEmail('user_1', address('a@x.y'))];
		expect(await lookUp(reference('emailAddress', 'b@x.y'), rows)).toContain('was not found');
	});
});

describe('resolve, of a user by username and external ID', () => {
	it('finds the user with exactly that username', async () => {
		const rows = [
			{ id: 'user_1', username: 'ada_b' },
			{ id: 'user_2', username: 'ada' },
		];
		expect(await lookUp(reference('username', 'ada'), rows)).toBe('user_2');
	});

	it.each(['4711', '-4711', '+4711'])(
		'requests the external ID %s with a plus in front',
		async (value) => {
			const { send, sent } = clerkWith([{ id: 'user_1', external_id: value }]);
			const given = reference('externalId', value);
			await resolve([given], send);
			// A minus sign would leave that user out and return all others.
			expect(sent[0].query?.external_id).toEqual([`+${value}`]);
			expect(given.id).toBe('user_1');
		},
	);

	it('names the field when there is no such user', async () => {
		expect(await lookUp(reference('externalId', '1'), [])).toBe(
			'User was not found: there is no user with the external ID "1"',
		);
	});
});

describe('resolve, of an organization by slug', () => {
	it('requests the slug as one segment of the path', async () => {
		const { send, sent } = clerkWith({ id: 'org_1', slug: 'a/b' });
		const given = reference('slug', 'a/b', 'Organization');
		await resolve([given], send);
		expect(sent).toEqual([{ method: 'GET', path: '/organizations/a%2Fb' }]);
		expect(given.id).toBe('org_1');
	});

	it('names the field when Clerk responds with 404', async () => {
		const given = reference('slug', 'nowhere', 'Organization');
		await resolve([given], notFound);
		expect(() => given.id).toThrow(
			'Organization was not found: there is no organization with the slug "nowhere"',
		);
	});

	// The route also takes an ID, and an ID is not a slug.
	it('does not find an organization whose ID was given as the slug', async () => {
		const given = reference('slug', 'org_1', 'Organization');
		expect(await lookUp(given, { id: 'org_1', slug: 'acme' })).toContain('was not found');
	});

	it.each(['..', '.', ''])('rejects the slug %j for its own reference only', async (slug) => {
		const given = reference('slug', slug, 'Organization');
		const other = reference('slug', 'acme', 'Organization');
		await resolve([given, other], clerkWith({ id: 'org_1', slug: 'acme' }).send);
		expect(() => given.id).toThrow(/^Organization /);
		expect(other.id).toBe('org_1');
	});
});

describe('resolve, of a request that Clerk rejects', () => {
	it('fails the references of that request, and not the others', async () => {
		const rejected = reference('emailAddress', 'nonsense');
		const fine = reference('username', 'ada');
		await resolve([rejected, fine], async (request) => {
			if (request.query?.username) return [{ id: 'user_1', username: 'ada' }];
			throw new RequestError({ kind: 'response', status: 422, body: undefined, request });
		});
		expect(() => rejected.id).toThrow(RequestError);
		expect(fine.id).toBe('user_1');
	});
});
