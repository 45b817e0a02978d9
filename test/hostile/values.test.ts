import { fakeClock } from '../support/fakeClock';

import { BASE_URL, response, run } from '../support/scripted';
import type { Sent } from '../support/scripted';
import { byId, createUser, listUsers, parametersOf, updateUser } from '../support/users';

/**
 * What people feed the fields of operations: cells of sheets, text copied from mails and pages. Each
 * describe is a row of issue 17: what was seen, and variants of its kind.
 */

// Each test starts with all rate limits free.
beforeEach(async () => await fakeClock.wait(3_600_000));

type Values = Record<string, unknown>;

/** A Clerk that says yes: a list to GET, an entry for each of a batch, a user to all else. */
function fine({ method, url, body }: Sent) {
	if (method === 'GET') return response(200, url.endsWith('/count') ? { total_count: 0 } : []);
	const sent = typeof body === 'string' ? (JSON.parse(body) as unknown) : body;
	if (Array.isArray(sent)) return response(200, sent);
	return response(200, { id: 'user_1', object: 'user' });
}

/** Runs one item or several. Returns the bodies of the writes, the queries of the reads, and the message of a refusal. */
async function feed(parameters: Values | Values[], given: Values = {}) {
	const { sent, fault, items, hints } = await run({ parameters, ...given } as never, fine);
	const writes = sent.filter(({ method }) => method !== 'GET');
	return {
		sent: sent.map(({ method, url }) => `${method} ${url.replace(BASE_URL, '')}`),
		bodies: writes.map(({ body }) =>
			typeof body === 'string' ? (JSON.parse(body) as Values) : (body as unknown as Values),
		),
		queries: sent.filter(({ method }) => method === 'GET').map(({ qs }) => qs as Values),
		message: (fault as Error | undefined)?.message,
		items,
		hints: hints.map(({ message }: { message: string }) => message),
	};
}

const create = (additionalFields: Values, options: Values = {}) =>
	createUser({ additionalFields, options });

const update = (updateFields: Values, options: Values = {}) =>
	updateUser({ userId: byId('user_1'), updateFields, options });

const merge = (updateFields: Values) =>
	parametersOf('user', 'mergeMetadata')({ userId: byId('user_1'), updateFields });

const filter = (filters: Values) => listUsers({ filters, returnAll: false, limit: 50 });

/** Nothing is sent, and the message says what to do. */
async function refused(parameters: Values, message: string | RegExp) {
	const outcome = await feed(parameters);
	expect(outcome.message).toMatch(message);
	expect(outcome.sent).toEqual([]);
}

describe('row 2: identifiers that are numbers', () => {
	it.each([
		['external IDs that a number cannot hold', Number('912345678901234567')],
		['the next one, which would be the same', Number('912345678901234568')],
		['a number as a spreadsheet shortens it', '1.75928847299117E+17'],
		['the same with a comma', '1,75928847299117E+17'],
		['a fraction', 4711.5],
	])('refuses %s wherever it identifies something', async (_, value) => {
		const message = /Format the column as text in the sheet, and export it again/;
		await refused(create({ externalId: value }), message);
		await refused(update({ externalId: value }), message);
		await refused(update({ username: value }), message);
		await refused(filter({ externalId: [value] }), message);
		await refused(filter({ userId: [value] }), message);
		await refused(filter({ providerUserId: [value] }), message);
	});

	it.each(['signUp', 'directory'])('refuses them in %s too', async (resource) => {
		const value = '1.75928847299117E+17';
		const parameters =
			resource === 'signUp'
				? parametersOf(
						'signUp',
						'update',
					)({
						signUpId: byId('sua_1'),
						updateFields: { externalId: value },
					})
				: parametersOf(
						'directory',
						'createGroupRoleMapping',
					)({
						directoryId: byId('dir_1'),
						groupId: value,
						roleId: byId('role_1'),
						additionalFields: {},
					});
		await refused(parameters, /Format the column as text in the sheet/);
	});

	it.each(['N/A', 'null', '#REF!', '-', 'undefined'])(
		'refuses %j, which several rows can have',
		async (value) => {
			await refused(create({ externalId: value }), 'Leave the cell empty if there is no value');
			await refused(filter({ externalId: ['4711', value] }), /needs an ID such as 4711|is empty/);
			await refused(
				updateUser({ userId: byId(value), updateFields: { firstName: 'Ada' } }),
				`User holds ${JSON.stringify(value)}, which is not a value`,
			);
		},
	);

	it('refuses one in metadata as text, where it would be stored as another number', async () => {
		await refused(
			create({ publicMetadata: '{"crmId": 912345678901234567}' }),
			'position 10 (line 1, column 11): a number loses digits: write it in quotes',
		);
	});

	it('sends one that kept its digits', async () => {
		const { bodies } = await feed([
			create({ externalId: '912345678901234567' }),
			create({ externalId: 4711 }),
		]);
		expect(bodies).toEqual([{ external_id: '912345678901234567' }, { external_id: '4711' }]);
	});
});

describe('row 4: dates and times', () => {
	const inBerlin = { timezone: 'Europe/Berlin' };

	it.each([
		['2024-01-15 9:05:00', '2024-01-15T08:05:00.000Z'],
		['2024-01-15 10:05:00', '2024-01-15T09:05:00.000Z'],
		['2024-01-15 2:30 PM', '2024-01-15T13:30:00.000Z'],
		['2024-01-15 12:05 a.m.', '2024-01-14T23:05:00.000Z'],
		['2024-1-5', '2024-01-04T23:00:00.000Z'],
		['2024-01-15 09:05:00+00', '2024-01-15T09:05:00.000Z'],
	])('reads %j in the zone of the workflow', async (text, iso) => {
		const { bodies } = await feed(create({ createdAt: text }), inBerlin);
		expect(bodies).toEqual([{ created_at: iso }]);
		const { queries } = await feed(filter({ createdAtAfter: text }), inBerlin);
		expect(queries[0]).toMatchObject({ created_at_after: Date.parse(iso) });
	});
});

describe('row 14: other dates', () => {
	it.each([
		[45306, 'Write it as 2024-01-15'],
		['45306', 'Write it as 2024-01-15'],
		['31.01.2024', 'Write it as 2024-01-31'],
		['31/01/2026', 'Write it as 2026-01-31'],
		[1705309500, 'looks like seconds. Write it as 2024-01-15T09:05:00.000Z'],
		['20240115', 'Write it as 2024-01-15'],
		['03/04/2024', 'needs a date such as 2026-01-31'],
		['2:30 PM', 'needs a date such as 2026-01-31'],
		['15. Januar 2024', 'needs a date such as 2026-01-31'],
	])('refuses %j, and says what to write: %s', async (value, message) => {
		await refused(create({ createdAt: value }), message);
		await refused(filter({ lastActiveAtBefore: value }), message);
	});
});

describe('row 7: null', () => {
	it.each([
		['phoneNumber', 'Phone Number'],
		['emailAddress', 'Email Address'],
		['publicMetadata', 'Public Metadata'],
		['backupCodes', 'Backup Codes'],
	])(
		'leaves %s out when a user is created, and refuses it when it is to be sent',
		async (name, label) => {
			const left = await feed(create({ [name]: null, firstName: 'Ada' }));
			expect(left.bodies).toEqual([{ first_name: 'Ada' }]);
			await refused(
				create({ [name]: null }, { emptyValues: 'send' }),
				`${label} has no value: its expression returned null, which Clerk does not accept here`,
			);
		},
	);

	it('sends it in an update where Clerk takes it, and nowhere else', async () => {
		const { bodies } = await feed(update({ lastName: null, createdAt: null }));
		expect(bodies).toEqual([{ last_name: null, created_at: null }]);
		await refused(update({ passwordHasher: null }), 'Password Hasher has no value');
		await refused(update({ privateMetadata: null }), 'Private Metadata has no value');
	});
});

describe('row 8: user filters', () => {
	it.each([
		['semicolons', 'user_a; user_b'],
		['line breaks', 'user_a\nuser_b'],
		['tabs', 'user_a\tuser_b'],
		['quotes', '"user_a", "user_b"'],
		['JSON as text', '["user_a", "user_b"]'],
		['an array', ['user_a', ' user_b ']],
		['invisible characters', '\ufeffuser_a,\u200buser_b'],
	])('reads %s', async (_, userId) => {
		const { queries } = await feed(filter({ userId }));
		expect(queries[0]).toMatchObject({ user_id: ['user_a', 'user_b'] });
	});

	it('keeps the signs', async () => {
		const { queries } = await feed(filter({ userId: '-user_a; -user_b', externalId: '-1\n+2' }));
		expect(queries[0]).toMatchObject({
			user_id: ['-user_a', '-user_b'],
			external_id: ['-1', '+2'],
		});
	});

	it.each([
		[{ userId: 'user_a; ada@example.com' }, 'That is an email address'],
		[{ userId: 'org_1' }, "That is an organization's ID"],
		[{ userId: '- user_a' }, 'write -user_a to leave it out'],
		[{ externalId: '4711; 4712' }, 'needs commas or line breaks'],
		[{ emailAddress: 'ada@example.com, ben' }, 'but got "ben"'],
		[{ emailAddress: '-ada@example.com' }, 'needs an email address'],
		[{ username: 'ada ben' }, 'needs a username'],
		[{ organizationId: 'acme' }, 'needs an organization ID'],
	])('refuses %j: %s', async (filters, message) => {
		await refused(filter(filters), message);
	});

	it('splits more than a hundred values into calls', async () => {
		const userId = Array.from({ length: 201 }, (_, index) => `user_${index}`).join('; ');
		const { queries } = await feed(listUsers({ filters: { userId }, returnAll: true }));
		const asked = queries.map(({ user_id: ids }) => (ids as string[]).length);
		expect(asked.sort()).toEqual([1, 100, 100]);
	});
});

describe('row 11: phone numbers', () => {
	const addPhone = (phoneNumber: unknown) =>
		parametersOf('phoneNumber', 'create')({ userId: byId('user_1'), phoneNumber });

	it.each([
		['+1 (212) 555-0100', '+12125550100'],
		['+49 (0)151 23456780', '+4915123456780'],
		['\u202a+44 20\u20117946 0958\u202c', '+442079460958'],
	])('reads %j alike in every operation', async (typed, number) => {
		const bodies = [
			...(await feed(create({ phoneNumber: typed }))).bodies,
			...(await feed(addPhone(typed))).bodies,
		];
		expect(bodies).toEqual([
			{ phone_number: [number] },
			{ user_id: 'user_1', phone_number: number },
		]);
		const { queries } = await feed(filter({ phoneNumber: typed }));
		expect(queries[0]).toMatchObject({ phone_number: [number] });
	});

	it.each([
		['0049 151 23456780', 'Write it as +4915123456780'],
		['+49 0151 23456780', 'Write it without the zero: +4915123456780'],
		['212 555 0100', 'with its country code, such as +12125550100'],
		['+1-800-FLOWERS', 'with its country code, such as +12125550100'],
		['+1 212 555 0100 ext. 5', 'with its country code, such as +12125550100'],
	])('refuses %j in every operation: %s', async (typed, message) => {
		await refused(create({ phoneNumber: typed }), message);
		await refused(addPhone(typed), message);
		await refused(filter({ phoneNumber: typed }), message);
	});
});

describe('row 12: one bad address among many', () => {
	const invite = (emailAddress: unknown) =>
		parametersOf('invitation', 'createMany')({ emailAddress, additionalFields: {} });
	const all = [invite('Ada@example.com'), invite('ben@example'), invite('mailto:cem@example.com')];

	it('fails its item by name, and the others are sent', async () => {
		const { bodies, items } = await feed(all, { continueOnFail: true });
		expect(bodies).toEqual([
			[{ email_address: 'ada@example.com' }, { email_address: 'cem@example.com' }],
		]);
		expect(String(items[1].json.error)).toContain('but got "ben@example"');
	});

	it('is refused before anything is sent, where the node is to stop', async () => {
		const { sent, message } = await feed(all);
		expect(sent).toEqual([]);
		expect(message).toMatch(/^Email Address needs an email address .* \[item 1\]$/);
	});

	it.each(['ben', 'ben@@example.com', 'a@example.com b@example.com', ''])(
		'so is %j',
		async (address) => await refused(invite(address), /^Email Address /),
	);
});

describe('row 15: metadata as text', () => {
	const template = (name: string) => `{"name": "${name}", "role": "member"}`;

	it('refuses a value that adds a name which is there', async () => {
		await refused(
			create({ publicMetadata: template('x", "role": "admin') }),
			/is not valid JSON at position \d+ .*: an object has the same name twice.*\{\{ \{ plan: \$json\.plan \} \}\}/,
		);
	});

	it.each([
		['a quote', template('Ada "Countess" Lovelace'), 'position 15'],
		['a line break', template('Ada\nLovelace'), 'a text contains a line break or a tab'],
		['a trailing comma', '{"plan": "pro",}', 'there is a comma before the end'],
		['single quotes', "{'plan': 'pro'}", 'it needs straight double quotes'],
		['no braces', '"plan": "pro"', 'it needs braces around it'],
	])('refuses %s by its place, without the text', async (_, text, reason) => {
		const { message, sent } = await feed(update({ privateMetadata: text }));
		expect(sent).toEqual([]);
		expect(message).toContain(reason);
		expect(message).toContain('Safer than text is an object in an expression');
		expect(message).not.toMatch(/Lovelace|pro\b/);
	});

	it('takes an object as it is, whatever is in it', async () => {
		const { bodies } = await feed(create({ publicMetadata: { name: 'x", "role": "admin' } }));
		expect(bodies).toEqual([{ public_metadata: { name: 'x", "role": "admin' } }]);
	});
});

describe('row 16: nothing to write', () => {
	it.each([
		['update a user', update({})],
		['merge metadata', merge({})],
		['replace metadata', parametersOf('user', 'replaceMetadata')({ userId: byId('user_1') })],
		[
			'update an organization',
			parametersOf('organization', 'update')({ organizationId: byId('org_1') }),
		],
	])('refuses to %s', async (_, parameters) => {
		await refused(parameters, /^Nothing to change: add a field \[item 0\]$/);
	});

	it.each([
		['merges metadata', merge({ publicMetadata: {} })],
		['merges metadata as it is added', merge({ publicMetadata: '{}', privateMetadata: '{}' })],
		['updates a user', update({ publicMetadata: {} })],
	])('refuses one that %s without a key', async (_, parameters) => {
		await refused(
			parameters,
			/^Nothing to change: Public Metadata(?: as JSON)? is \{\}.*Add a key/,
		);
	});

	it('sends no key where that discards what Clerk has, and beside something to write', async () => {
		const { bodies } = await feed([
			parametersOf(
				'user',
				'replaceMetadata',
			)({ userId: byId('user_1'), updateFields: { publicMetadata: {} } }),
			update({ publicMetadata: {} }, { metadataMode: 'replace' }),
			merge({ publicMetadata: {}, privateMetadata: { plan: null } }),
		]);
		expect(bodies).toEqual([
			{ public_metadata: {} },
			{ public_metadata: {} },
			{ public_metadata: {}, private_metadata: { plan: null } },
		]);
	});

	it('refuses an update whose fields are all left out', async () => {
		await refused(
			update({ firstName: '', lastName: null }, { emptyValues: 'leaveOut' }),
			'Nothing to change: add a field that has a value',
		);
	});

	it('sends what can be empty otherwise', async () => {
		const { sent } = await feed(create({}));
		expect(sent).toEqual(['POST /users']);
	});
});

describe('row 6: rows with holes', () => {
	const holes = {
		emailAddress: ' ',
		externalId: null,
		firstName: '',
		lastName: undefined,
		passwordHasher: '',
		createOrganizationsLimit: '',
		createdAt: '',
		publicMetadata: '',
		banned: '',
		backupCodes: [],
	};

	it('leaves every kind of field out when something is created', async () => {
		const { bodies, hints } = await feed(create({ ...holes, username: 'ada' }));
		expect(bodies).toEqual([{ username: 'ada' }]);
		expect(hints).toEqual([]);
	});

	it('does so in an update that asks for it', async () => {
		const { bodies } = await feed(
			update({ firstName: '', lastName: 'Lovelace' }, { emptyValues: 'leaveOut' }),
		);
		expect(bodies).toEqual([{ last_name: 'Lovelace' }]);
	});

	it('clears in any other update, and says how many fields it cleared', async () => {
		const { bodies, hints } = await feed([
			update({ firstName: '', lastName: null }),
			update({ firstName: '', username: 'ada' }),
		]);
		expect(bodies).toEqual([
			{ first_name: '', last_name: null },
			{ first_name: '', username: 'ada' },
		]);
		expect(hints).toContain(
			"3 fields were sent empty, which clears the values in Clerk (First Name: 2, Last Name: 1). To keep it, set Options → 'Empty Values' to Leave Out.",
		);
	});

	it('counts nothing that was not sent', async () => {
		const { hints } = await feed(update({ firstName: '' }, { dryRun: true }));
		expect(hints).toEqual([]);
	});

	it('counts nothing where Create or Update creates a user, who has nothing to clear', async () => {
		const { bodies, hints } = await feed(
			parametersOf(
				'user',
				'upsert',
			)({
				matchBy: 'emailAddress',
				matchValue: 'ada@example.com',
				additionalFields: { firstName: '', lastName: 'Lovelace' },
				options: { emptyValues: 'send' },
			}),
		);
		expect(bodies).toEqual([{ email_address: ['ada@example.com'], last_name: 'Lovelace' }]);
		expect(hints).toEqual([]);
	});

	it.each(['\u200b', '\ufeff \u00a0', '\u2060'])('takes %j for empty', async (cell) => {
		const { bodies } = await feed(create({ username: 'ada', firstName: cell, phoneNumber: cell }));
		expect(bodies).toEqual([{ username: 'ada' }]);
		await refused(filter({ query: cell }), 'is empty. Enter a value, or remove the filter');
		const sorted = parametersOf('user', 'getAll')({ options: { orderBy: cell } });
		await refused(sorted, 'Order By is empty. Choose a value, or remove the option');
	});

	it('refuses undefined by name where empty values are sent', async () => {
		await refused(update({ firstName: undefined }), 'First Name has no value');
		await refused(
			create({ firstName: undefined }, { emptyValues: 'send' }),
			'First Name has no value',
		);
	});

	it('leaves no required field out', async () => {
		const parameters = parametersOf('organization', 'create')({ name: '', additionalFields: {} });
		await refused(parameters, 'Name is empty');
	});
});

describe('row 20: an expression as text', () => {
	it.each([
		['text', update({ firstName: '{{ $json.firstName }}' })],
		['a list', filter({ emailAddress: '{{ $json.email }}' })],
		['a date', filter({ createdAtAfter: '{{ $now }}' })],
		['an option', update({ passwordHasher: '{{ $json.hasher }}' })],
		['a password', create({ password: '{{ $json.password }}' })],
		['JSON', create({ publicMetadata: '{"plan": "{{ $json.plan }}"}' })],
		['a number', create({ createOrganizationsLimit: '{{ $json.limit }}' })],
		['a locator', updateUser({ userId: byId('{{ $json.id }}'), updateFields: { firstName: 'A' } })],
	])('is refused in %s', async (_, parameters) => {
		await refused(
			parameters,
			'holds an expression as text. Switch the field from Fixed to Expression',
		);
	});

	it('is not meant by the placeholders of a message or of claims', async () => {
		const { bodies } = await feed(
			parametersOf(
				'jwtTemplate',
				'create',
			)({
				name: 'supabase',
				claims: '{"sub": "{{user.id}}"}',
				additionalFields: {},
			}),
		);
		expect(bodies).toEqual([{ name: 'supabase', claims: { sub: '{{user.id}}' } }]);
	});

	it('is not meant by braces that do not close', async () => {
		const { bodies } = await feed(update({ firstName: 'a {{ b' }));
		expect(bodies).toEqual([{ first_name: 'a {{ b' }]);
	});
});

describe('row 22: blanks round identifiers', () => {
	it.each([
		[' user_1 ', 'ada '],
		['user_1\n', '\tADA'],
		['\u00a0user_1\u200b', '\ufeffada'],
		['"user_1"', '“ada”'],
		['user_1;', 'ada;'],
	])('trims %j', async (id, username) => {
		const { sent, bodies } = await feed(
			updateUser({ userId: byId(id), updateFields: { username, externalId: ' \ufeff4711 ' } }),
		);
		expect(sent).toEqual(['PATCH /users/user_1']);
		expect(bodies[0]).toEqual({ username: 'ada', external_id: '4711' });
	});
});

describe('row 24: selected fields', () => {
	const select = async (fields: unknown) => {
		const { items } = await feed(
			createUser({
				additionalFields: { firstName: 'Ada' },
				output: 'selectedFields',
				fields,
			}),
		);
		return Object.keys(items[0].json);
	};

	it.each([
		[['lastName', 'id', 'firstName']],
		['lastName, id,firstName'],
		['["lastName","id","firstName"]'],
	])('come in the order chosen: %j', async (fields) => {
		expect(await select(fields)).toEqual(['lastName', 'id', 'firstName']);
	});
});
