import { ClerkError } from '../../sandbox/clerk/errors';
import { defineResource } from '../../sandbox/clerk/resource';
import { schemasOf } from '../../sandbox/clerk/schemas';
import { shape } from '../../sandbox/clerk/shape';
import { createState } from '../../sandbox/clerk/state';

/** What the simulated Clerk has from the facts of Clerk's document. */

describe('schemasOf', () => {
	it('has the fields of a body, nested ones included, and what the document says in prose', () => {
		const { body } = schemasOf('POST /enterprise_connections');
		expect(body).toMatchObject({
			additionalProperties: false,
			required: ['name', 'provider', 'domains'],
		});
		const { saml, custom_attributes: attributes } = body?.properties ?? {};
		expect(saml).toMatchObject({ nullable: true, additionalProperties: false });
		expect(saml.properties.login_hint.required).toEqual(['mode']);
		expect(attributes.items.properties.key).toMatchObject({
			minLength: 1,
			pattern: expect.any(String),
		});
	});

	it('has the orders of a list, its first page, and filters of up to a hundred values', () => {
		const { query } = schemasOf('GET /waitlist_entries');
		expect(query?.properties.order_by).toMatchObject({ default: '-created_at' });
		expect(query?.properties.order_by.enum).toContain('+invited_at');
		expect(query?.properties.limit).toMatchObject({ maximum: 500, default: 10 });
		expect(schemasOf('GET /users').query?.properties.user_id.maxItems).toBe(100);
	});

	it('has the entries of a list, and the parts of a form', () => {
		const { body } = schemasOf('POST /waitlist_entries/bulk');
		expect(body).toMatchObject({ type: 'array', maxItems: 50, items: { type: 'object' } });
		const { form } = schemasOf('PUT /oauth_applications/{oauth_application_id}/logo');
		expect(form?.required).toEqual(['file']);
	});

	it('rejects a request line that the document does not have', () => {
		expect(() => schemasOf('GET /nothing')).toThrow(/GET \/nothing/);
	});
});

describe('shape', () => {
	it('leaves out what the record does not have, and fills in what it requires', () => {
		const shown = shape('OAuthApplication', { id: 'oa_1', client_secret: 'hush', public: true });
		expect(shown).toMatchObject({
			object: 'oauth_application',
			id: 'oa_1',
			public: true,
			client_uri: null,
			redirect_uris: [],
			name: '',
		});
		expect(shown).not.toHaveProperty('client_secret');
	});

	it('shapes nested records, also those of a list', () => {
		const machine = { id: 'mch_2', secret_key: 'hush' };
		const { scoped_machines: others } = shape('Machine', { scoped_machines: [machine] });
		expect(others).toEqual([expect.objectContaining({ object: 'machine', id: 'mch_2' })]);
		expect(others[0]).not.toHaveProperty('secret_key');
	});

	it('leaves a record as it is whose fields the document does not describe', () => {
		expect(shape('PreviewTemplate', { body: 'a' })).toEqual({ body: 'a' });
	});
});

describe('defineResource', () => {
	let now: number;
	let state: ReturnType<typeof createState>;

	beforeEach(() => {
		now = 1_750_000_000_000;
		state = createState({ clock: () => (now += 1000) });
	});

	const urls = defineResource({ path: '/redirect_urls', table: 'redirectUrls', prefix: 'ru' });
	const entries = defineResource({
		path: '/waitlist_entries',
		table: 'waitlist',
		prefix: 'wle',
		search: ['email_address'],
		defaults: () => ({ status: 'pending' }),
		routes: {
			'POST /waitlist_entries/{waitlist_entry_id}/reject': ({ save }) =>
				save({ status: 'rejected' }),
		},
	});
	const domains = defineResource({
		path: '/organizations/{organization_id}/domains',
		table: 'organizationDomains',
		shown: ({ name }) => ({ enrollment_mode: name === 'a.com' ? 'enterprise_sso' : undefined }),
		removing({ name }) {
			if (name === 'a.com') throw new ClerkError(403, []);
		},
	});

	type Shown = { id: string; data: { email_address: string }[]; total_count: number };
	const caller =
		({ routes }: ReturnType<typeof defineResource>) =>
		(line: string, given: object = {}) => {
			const query = { limit: 10, offset: 0 };
			return routes[line]?.respond({ state, params: {}, query, body: {}, ...given }) as Shown;
		};
	const onUrls = caller(urls);
	const onEntries = caller(entries);
	const onDomains = caller(domains);
	const refusalOf = (act: () => unknown) => {
		try {
			return act();
		} catch (error) {
			return error instanceof ClerkError ? error.status : error;
		}
	};

	it('has the operations of the document, and those that are defined', () => {
		expect(Object.keys(urls.routes).sort()).toEqual([
			'DELETE /redirect_urls/{id}',
			'GET /redirect_urls',
			'GET /redirect_urls/{id}',
			'POST /redirect_urls',
		]);
		expect(Object.keys(entries.routes)).toContain(
			'POST /waitlist_entries/{waitlist_entry_id}/reject',
		);
	});

	it('creates, gets, lists and deletes', () => {
		const body = { url: 'a://b', id: 'ru_mine', created_at: 1 };
		const made = onUrls('POST /redirect_urls', { body });
		expect(made).toEqual({
			object: 'redirect_url',
			id: expect.stringMatching(/^ru_(?!mine)/),
			url: 'a://b',
			created_at: now,
			updated_at: now,
		});
		const params = { id: made.id };
		expect(onUrls('GET /redirect_urls/{id}', { params })).toEqual(made);
		expect(onUrls('GET /redirect_urls')).toEqual([made]);
		expect(onUrls('GET /redirect_urls', { query: { paginated: true } })).toEqual({
			data: [made],
			total_count: 1,
		});
		expect(onUrls('DELETE /redirect_urls/{id}', { params })).toEqual({
			object: 'redirect_url',
			id: made.id,
			deleted: true,
		});
		expect(refusalOf(() => onUrls('GET /redirect_urls/{id}', { params }))).toBe(404);
	});

	it('filters, searches, orders and pages lists', () => {
		for (const name of ['b', 'C', 'a']) {
			entries.make(state, { email_address: `${name}@example.com`, status: 'invited' });
		}
		const [first] = state.waitlist.rows;
		const params = { waitlist_entry_id: first.id };
		onEntries('POST /waitlist_entries/{waitlist_entry_id}/reject', { params });
		const list = (query: object) => {
			const { data, total_count } = onEntries('GET /waitlist_entries', { query });
			return [data.map((one) => one.email_address[0]), total_count];
		};
		expect(list({})).toEqual([['a', 'C', 'b'], 3]);
		expect(list({ order_by: '+email_address' })).toEqual([['a', 'b', 'C'], 3]);
		expect(list({ order_by: '-created_at', limit: 1, offset: 1 })).toEqual([['C'], 3]);
		expect(list({ status: 'rejected' })).toEqual([['b'], 1]);
		expect(list({ query: 'c@EX' })).toEqual([['C'], 1]);
		expect(list({ query: first.id })).toEqual([['b'], 1]);
	});

	it('keeps rows to what the path is within, and shows what is computed', () => {
		const make = (organization_id: string, name: string) =>
			domains.make(state, { organization_id, name, enrollment_mode: 'manual_invitation' });
		const { id } = make('org_1', 'a.com');
		make('org_2', 'b.com');
		const path = '/organizations/{organization_id}/domains';
		const { data } = onDomains(`GET ${path}`, { params: { organization_id: 'org_1' } });
		expect(data).toMatchObject([{ name: 'a.com', enrollment_mode: 'enterprise_sso' }]);
		const remove = (organization_id: string) =>
			refusalOf(() =>
				onDomains(`DELETE ${path}/{domain_id}`, { params: { organization_id, domain_id: id } }),
			);
		expect(remove('org_2')).toBe(404);
		expect(remove('org_1')).toBe(403);
	});

	it('changes what a body gives: null clears a field that can be null, and leaves others', () => {
		const satellites = defineResource({ path: '/domains', table: 'domains', prefix: 'dmn' });
		const fields = { name: 'a.com', is_satellite: true, proxy_url: 'https://a.com' };
		const { id } = satellites.make(state, fields);
		const body = { name: null, proxy_url: null, is_satellite: false };
		const params = { domain_id: id };
		const changed = caller(satellites)('PATCH /domains/{domain_id}', { params, body });
		expect(changed).toMatchObject({ name: 'a.com', proxy_url: null, is_satellite: true });
	});
});
