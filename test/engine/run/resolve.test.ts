import type { ApiRequest, ClerkRecord } from '../../../nodes/Clerk/engine/operation';
import { RequestError } from '../../../nodes/Clerk/engine/http/outcome';
import { Reference } from '../../../nodes/Clerk/engine/input/reference';
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

/** A Clerk that gives these records to every question, and remembers the questions. */
function clerkWith(rows: unknown) {
	const asked: ApiRequest[] = [];
	const fetch = async (request: ApiRequest) => {
		asked.push(request);
		return rows;
	};
	return { fetch, asked };
}

/** The id, or why there is none. */
async function lookUp(given: Reference, rows: unknown): Promise<string> {
	await resolve([given], clerkWith(rows).fetch);
	try {
		return given.id;
	} catch (error) {
		return (error as Error).message;
	}
}

const gone = async (request: ApiRequest): Promise<never> => {
	const body = { errors: [{ code: 'resource_not_found', message: 'not found' }] };
	throw new RequestError({ kind: 'response', status: 404, body, request });
};

describe('looking up', () => {
	it('is not needed for an id', () => {
		expect(reference('id', 'user_1').id).toBe('user_1');
		expect(reference('list', 'user_2').id).toBe('user_2');
	});

	it('asks for a hundred values in one call, and for each of them once', async () => {
		const all = Array.from({ length: 250 }, (_, number) =>
			withEmail(`u${number}`, address(`${number}@x.y`)),
		);
		const { fetch, asked } = clerkWith(all);
		const references = [...all, ...all].map((_, number) =>
			reference('emailAddress', `${number % 250}@x.y`),
		);
		await resolve(references, fetch);
		expect(asked.map(({ query }) => (query?.email_address as string[]).length)).toEqual([
			100, 100, 50,
		]);
		expect(references.map(({ id }) => id)).toEqual(
			references.map((_, number) => `u${number % 250}`),
		);
	});

	it('asks for as many records as a page has, so that unverified twins push nobody out', async () => {
		const { fetch, asked } = clerkWith([]);
		await resolve([reference('emailAddress', 'a@x.y')], fetch);
		expect(asked[0]).toMatchObject({ method: 'GET', path: '/users', query: { limit: 500 } });
	});

	it('understands each shape of list', async () => {
		const rows = [withEmail('user_1', address('a@x.y'))];
		expect(await lookUp(reference('emailAddress', 'a@x.y'), rows)).toBe('user_1');
		expect(await lookUp(reference('emailAddress', 'a@x.y'), { data: rows })).toBe('user_1');
	});
});

describe('a user by e-mail address', () => {
	it('is found in any case, and with blanks around', async () => {
		const rows = [withEmail('user_1', address('Ada@Example.com'))];
		expect(await lookUp(reference('emailAddress', ' ada@example.COM '), rows)).toBe('user_1');
	});

	it.each(['unverified', 'expired', 'failed', 'transferable', null])(
		'is not found by an address whose verification is %p',
		async (status) => {
			const rows = [withEmail('user_1', address('a@x.y', status))];
			expect(await lookUp(reference('emailAddress', 'a@x.y'), rows)).toBe(
				'User was not found: there is no user with the verified e-mail address "a@x.y"',
			);
		},
	);

	it('is the one who verified it, whoever else typed it in', async () => {
		const rows = [
			withEmail('user_thief', address('a@x.y', 'unverified'), address('thief@x.y')),
			withEmail('user_owner', address('a@x.y')),
		];
		expect(await lookUp(reference('emailAddress', 'a@x.y'), rows)).toBe('user_owner');
	});

	it('is not clear when two have verified it', async () => {
		const rows = [withEmail('user_1', address('a@x.y')), withEmail('user_2', address('a@x.y'))];
		expect(await lookUp(reference('emailAddress', 'a@x.y'), rows)).toBe(
			'User is not clear: there are 2 with the verified e-mail address "a@x.y"',
		);
	});

	it('is not somebody whom Clerk gave for another value of the call', async () => {
		const rows = [withEmail('user_1', address('a@x.y'))];
		expect(await lookUp(reference('emailAddress', 'b@x.y'), rows)).toContain('was not found');
	});
});

describe('a user by username and external ID', () => {
	it('is found by the very name', async () => {
		const rows = [
			{ id: 'user_1', username: 'ada_b' },
			{ id: 'user_2', username: 'ada' },
		];
		expect(await lookUp(reference('username', 'ada'), rows)).toBe('user_2');
	});

	it.each(['4711', '-4711', '+4711'])(
		'is asked for the external ID %s with a plus in front',
		async (value) => {
			const { fetch, asked } = clerkWith([{ id: 'user_1', external_id: value }]);
			const wanted = reference('externalId', value);
			await resolve([wanted], fetch);
			// A minus sign would leave that user out and bring all others.
			expect(asked[0].query?.external_id).toEqual([`+${value}`]);
			expect(wanted.id).toBe('user_1');
		},
	);

	it('is not found when there is none, by the name of the field', async () => {
		expect(await lookUp(reference('externalId', '1'), [])).toBe(
			'User was not found: there is no user with the external ID "1"',
		);
	});
});

describe('an organization by slug', () => {
	it('is asked for by the slug as one segment of the path', async () => {
		const { fetch, asked } = clerkWith({ id: 'org_1', slug: 'a/b' });
		const wanted = reference('slug', 'a/b', 'Organization');
		await resolve([wanted], fetch);
		expect(asked).toEqual([{ method: 'GET', path: '/organizations/a%2Fb' }]);
		expect(wanted.id).toBe('org_1');
	});

	it('that Clerk answers with 404 was not found', async () => {
		const wanted = reference('slug', 'nowhere', 'Organization');
		await resolve([wanted], gone);
		expect(() => wanted.id).toThrow(
			'Organization was not found: there is no organization with the slug "nowhere"',
		);
	});

	// The address also takes an id, and an id is no slug.
	it('is not one whose id was typed in as a slug', async () => {
		const wanted = reference('slug', 'org_1', 'Organization');
		expect(await lookUp(wanted, { id: 'org_1', slug: 'acme' })).toContain('was not found');
	});

	it.each(['..', '.', ''])('named %j is complained about by the item that has it', async (slug) => {
		const wanted = reference('slug', slug, 'Organization');
		const other = reference('slug', 'acme', 'Organization');
		await resolve([wanted, other], clerkWith({ id: 'org_1', slug: 'acme' }).fetch);
		expect(() => wanted.id).toThrow(/^Organization /);
		expect(other.id).toBe('org_1');
	});
});

describe('a question that Clerk refuses', () => {
	it('is the misfortune of those who asked, and not of the others', async () => {
		const refused = reference('emailAddress', 'nonsense');
		const fine = reference('username', 'ada');
		await resolve([refused, fine], async (request) => {
			if (request.query?.username) return [{ id: 'user_1', username: 'ada' }];
			throw new RequestError({ kind: 'response', status: 422, body: undefined, request });
		});
		expect(() => refused.id).toThrow(RequestError);
		expect(fine.id).toBe('user_1');
	});
});
