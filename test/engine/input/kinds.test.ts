import fc from 'fast-check';

import {
	describeIdentifier,
	readEntries,
	readEntry,
} from '../../../nodes/Clerk/engine/input/kinds';
import { InvalidInputError } from '../../../nodes/Clerk/engine/operation';
import type { ValueKind } from '../../../nodes/Clerk/engine/operation';

const OTHERS = { org_: "an organization's ID", orgmem_: "a membership's ID" };

const USER: ValueKind = { id: 'user_', noun: 'user', others: OTHERS };

function refusalOf(read: () => unknown): string {
	try {
		return `not refused: ${JSON.stringify(read())}`;
	} catch (error) {
		expect(error).toBeInstanceOf(InvalidInputError);
		expect((error as Error).message).toMatch(/^Thing /);
		expect((error as Error).message).not.toMatch(/error|problem|failure|mistake/i);
		return (error as InvalidInputError).reason;
	}
}

const refusal = (kind: ValueKind | undefined, value: unknown) =>
	refusalOf(() => readEntry(kind, value, 'Thing'));

const list = (kind: ValueKind | undefined, value: unknown, signs = false) =>
	readEntries(kind, value, 'Thing', signs);

const listRefusal = (kind: ValueKind | undefined, value: unknown, signs = false) =>
	refusalOf(() => list(kind, value, signs));

describe('certificates', () => {
	const pem = (content: string) =>
		`-----BEGIN CERTIFICATE-----\n${content}\n-----END CERTIFICATE-----`;
	const [one, two] = [pem('MIIC+a/b\nAAAA=='), pem('MIID')];

	it.each<[string, unknown, string[]]>([
		['one below the other', `${one}\n${two}\n`, [one, two]],
		['with commas between them', `${one}, ${two}`, [one, two]],
		['as an array', [one, two], [one, two]],
		['as JSON', JSON.stringify([one, two]), [one, two]],
		['with line breaks of Windows', one.replace(/\n/g, '\r\n'), [one.replace(/\n/g, '\r\n')]],
		['as Base64 alone', 'MIIC'.repeat(400), ['MIIC'.repeat(400)]],
		['none', '', []],
	])('reads them %s', (_, value, entries) => {
		expect(list('certificate', value)).toEqual(entries);
	});

	it.each([
		['a private key', '-----BEGIN PRIVATE KEY-----\nMIIC\n-----END PRIVATE KEY-----'],
		['half a certificate', '-----BEGIN CERTIFICATE-----\nMIIC'],
		['text', 'the certificate'],
		['text after one', `${one}\nand another`],
	])('rejects %s', (_, value) => {
		expect(listRefusal('certificate', value)).toMatch(
			/^needs a certificate as PEM such as -----BEGIN/,
		);
	});
});

describe('readEntry', () => {
	it.each<[ValueKind | undefined, unknown, string]>([
		['emailAddress', ' Ada@Example.com\u00a0\n', 'ada@example.com'],
		['emailAddress', '\ufeffada@\u200bexample.com', 'ada@example.com'],
		['emailAddress', 'mailto:ada@example.com?subject=Hi', 'ada@example.com'],
		['emailAddress', '<ada@example.com>', 'ada@example.com'],
		['emailAddress', 'Ada Lovelace <ada@example.com>;', 'ada@example.com'],
		['emailAddress', '"Lovelace, Ada" <mailto:ada@example.com>', 'ada@example.com'],
		['emailAddress', '"ada+n8n@mail.example.com"', 'ada+n8n@mail.example.com'],
		['emailAddress', 'jürgen@müller.example', 'jürgen@müller.example'],
		['emailAddress', 'mailto:ada%2Bn8n@example.com', 'ada+n8n@example.com'],
		['domain', ' https://Acme.com/ ', 'acme.com'],
		['domain', '@acme.co.uk', 'acme.co.uk'],
		['domain', 'acme.com.', 'acme.com'],
		['ipAddress', '203.0.113.7', '203.0.113.7'],
		['ipAddress', ' 203.0.113.0/24;', '203.0.113.0/24'],
		['ipAddress', '2001:DB8::1', '2001:db8::1'],
		['ipAddress', '[::1]', '::1'],
		['ipAddress', '2001:db8::/32', '2001:db8::/32'],
		['ipAddress', '::ffff:203.0.113.7', '::ffff:203.0.113.7'],
		['role', 'org:admin ', 'org:admin'],
		['role', 'Billing Manager', 'Billing Manager'],
		['permission', ' "org:sys_memberships:manage"; ', 'org:sys_memberships:manage'],
		['metadataRule', ' keep ', 'keep'],
		['metadataRule', 'plan = enterprise', 'plan=enterprise'],
		['metadataRule', 'plan="enterprise"', 'plan=enterprise'],
		['metadataRule', '"billing.status=paid up"', 'billing.status=paid up'],
		['metadataRule', 'link=https://example.com/?a=b', 'link=https://example.com/?a=b'],
		['metadataRule', 'プラン=有料！', 'プラン=有料！'],
		['metadataRule', '"$.plan"', '$.plan'],
		['metadataRule', '"-keep"=x', '-keep=x'],
		['metadataRule', 'plan="ent*"', 'plan=ent*'],
		['metadataRule', 'team=research and development', 'team=research and development'],
		['metadataRule', '"stripe:id"', 'stripe:id'],
		['metadataRule', '"stripe:id"=5', 'stripe:id=5'],
		['metadataRule', 'pipe=5" wide', 'pipe=5" wide'],
		['metadataKey', ' undefined ', 'undefined'],
		['metadataKey', '-', '-'],
		['externalId', ' 4711 ', '4711'],
		['externalId', 4711, '4711'],
		['externalId', Number.MAX_SAFE_INTEGER, '9007199254740991'],
		['externalId', '912345678901234567', '912345678901234567'],
		['externalId', 'a; b, c', 'a; b, c'],
		['externalId', '12e4', '12e4'],
		['username', ' Ada ', 'ada'],
		['slug', 'Acme-Corp', 'acme-corp'],
		[USER, ' user_2NNEqL2nrIRdJ194ndJqAHwEfxC\t', 'user_2NNEqL2nrIRdJ194ndJqAHwEfxC'],
		[USER, '“user_a”', 'user_a'],
		[undefined, ' anything, at all; ', 'anything, at all;'],
	])('reads as %j %j: %j', (kind, value, entry) => {
		expect(readEntry(kind, value, 'Thing')).toBe(entry);
	});

	it.each<[ValueKind, unknown, string]>([
		['emailAddress', 'ada', 'needs an email address such as ada@example.com, but got "ada"'],
		['emailAddress', 'ada@example', 'but got "ada@example"'],
		['emailAddress', 'ada@example.com ben@example.com', 'needs an email address'],
		['emailAddress', 'ada@@example.com', 'needs an email address'],
		['emailAddress', 'a da@example.com', 'needs an email address'],
		['emailAddress', 'ada..l@example.com', 'needs an email address'],
		['emailAddress', 'ada@example.com.', 'needs an email address'],
		['emailAddress', 'user_1', 'but got "user_1"'],
		['emailAddress', 'ada＠example.com', 'Write it as ada@example.com'],
		['emailAddress', 'ａｄａ@example.com', 'Write it as ada@example.com'],
		['emailAddress', "'ada@example.com", 'needs an email address'],
		['emailAddress', '=ada@example.com', 'needs an email address'],
		['emailAddress', '<mailto:ada@example.com|ada@example.com>', 'needs an email address'],
		['domain', 'ａｃｍｅ．com', 'Write it as acme.com'],
		['role', 'Ａｄｍｉｎ', 'Write it as Admin'],
		['domain', 'ada@acme.com', 'It is an email address: write acme.com'],
		['domain', '*.acme.com', 'Write acme.com'],
		['domain', 'acme', 'needs a domain such as example.com, but got "acme"'],
		['domain', 'https://acme.com/people', 'needs a domain'],
		['ipAddress', '203.0.113.256', 'needs an IP address or range'],
		['ipAddress', '203.0.113.07', 'needs an IP address or range'],
		['ipAddress', '203.0.113.0/33', 'needs an IP address or range'],
		['ipAddress', '1::2::3', 'needs an IP address or range'],
		['ipAddress', 'localhost', 'needs an IP address or range'],
		['role', 'org:', 'needs a role such as org:admin'],
		['role', 'org:ad min', 'needs a role such as org:admin'],
		['role', '[]', 'needs a role such as org:admin'],
		['permission', 'org:admin', 'needs a permission such as org:sys_memberships:manage'],
		['permission', 'org:ledger:', 'needs a permission such as org:sys_memberships:manage'],
		['permission', 'ledger:write', 'Write org:ledger:write'],
		['permission', 'Manage members', 'needs a permission such as org:sys_memberships:manage'],
		['metadataRule', 'plan: x', 'but got "plan: x". Write plan=x'],
		['metadataRule', 'plan:x', 'Write plan=x'],
		['metadataRule', '"plan: x"', 'Write plan=x'],
		['metadataRule', '=x', 'Write key, or key=value'],
		['metadataRule', '""=x', 'Write key, or key=value'],
		['metadataRule', 'plan=', 'Write key, or key=value'],
		['metadataRule', 'plan==x', 'Write key, or key=value'],
		['metadataRule', 'plan!=x', 'Write key, or key=value'],
		['metadataRule', 'keep plan=x', 'Write key, or key=value'],
		['metadataRule', 'plan=x keep=y', 'Separate rules by commas'],
		['metadataRule', 'plan="x', 'Write key, or key=value'],
		['metadataRule', '{"plan":"x"}', 'Write key, or key=value'],
		['metadataRule', 'plan＝x', 'Write plan=x'],
		['metadataRule', 'plan：x', 'Write plan=x'],
		['metadataRule', '-keep', 'Write key, or key=value'],
		['metadataRule', '•keep', 'Write key, or key=value'],
		['metadataRule', 'keep|plan=x', 'Write key, or key=value'],
		['metadataRule', 'plan≠x', 'Write key, or key=value'],
		['metadataRule', '$.plan', 'Write key, or key=value'],
		['metadataRule', 'plan=>x', 'Write key, or key=value'],
		['metadataRule', 'N/A', 'Write key, or key=value'],
		['metadataRule', 'keep*', 'Write key, or key=value'],
		['metadataRule', 'plan=ent*', 'There are no wildcards: write plan for any value'],
		['metadataRule', 'plan=x OR keep', 'Separate rules by commas'],
		['metadataRule', 'plan=x || plan=y', 'Separate rules by commas'],
		['metadataRule', 'public_metadata.plan=x', 'Write plan=x'],
		['metadataRule', 'privateMetadata.billing.id', 'Write billing.id'],
		['metadataRule', 'unsafe_metadata.keep', 'Unsafe metadata does not count'],
		['externalId', "'4711", 'Write 4711'],
		['externalId', '="0123"', 'Write 0123'],
		['externalId', '=4711', 'needs an ID such as 4711'],
		['externalId', '"4711', 'Write 4711'],
		['externalId', '{"id": 4711}', 'needs an ID such as 4711'],
		['externalId', 'a\u200bb', 'but got "a\\u200bb"'],
		['username', 'ada@example.com', 'needs a username such as ada'],
		['username', 'ada l', 'needs a username such as ada'],
		['slug', 'acme corp', 'needs a slug such as acme-corp'],
		[USER, 'org_2NNEqL', 'but got "org_2NNEqL". That is an organization\'s ID'],
		[USER, 'ada@example.com', 'That is an email address'],
		[USER, 'user_', 'needs a user ID such as user_2NNEqL2nrIRdJ194ndJqAHwEfxC, but got "user_"'],
		[USER, 'user_a user_b', 'needs a user ID'],
		[USER, 'User_a', 'needs a user ID'],
		[{ id: 'org_', noun: 'organization' }, 'acme', 'needs an organization ID such as org_'],
	])('refuses as %j %j: %s', (kind, value, reason) => {
		expect(refusal(kind, value)).toContain(reason);
	});

	it.each(['externalId', 'username', 'slug', 'phoneNumber', USER] as ValueKind[])(
		'refuses as %j a number that has lost digits',
		(kind) => {
			const lost = [
				Number('912345678901234567'),
				1.5,
				NaN,
				Infinity,
				'1.75928847299117E+17',
				'1e+21',
			];
			for (const value of [...lost, ' 1,75928847299117E+17', '2.5e7']) {
				expect(refusal(kind, value)).toMatch(
					/cannot be an identifier.*Format the column as text in the sheet, and export it again/,
				);
			}
		},
	);

	it.each([
		'null',
		'N/A',
		'#N/A',
		'#REF!',
		'-',
		'–',
		'undefined',
		'NaN',
		'None',
		'[object Object]',
		'####',
	])('refuses %j, which is not a value: by it two records could become one', (value) => {
		expect(refusal('externalId', value)).toMatch(/Leave the cell empty if there is no value$/);
		expect(listRefusal('externalId', ['4711', value])).toMatch(/needs an ID/);
		for (const kind of ['username', 'metadataRule', 'emailAddress', 'phoneNumber', USER] as const) {
			expect(refusal(kind, value)).toMatch(/^needs /);
		}
	});

	it.each(['', ' ', '\u200b', '""', '" "'])('refuses %j as empty', (value) => {
		for (const kind of ['emailAddress', 'phoneNumber', 'externalId', USER] as ValueKind[]) {
			expect(refusal(kind, value)).toBe('is empty');
		}
	});

	it.each([[{}], [[]], [null], [undefined], [() => 1], [true]])('refuses %p', (value) => {
		expect(refusal('externalId', value)).toMatch(/^needs text, but got/);
	});

	it('reads a bigint, which keeps its digits', () => {
		expect(readEntry('externalId', 912345678901234567n, 'Thing')).toBe('912345678901234567');
	});

	it('cuts a long value, which can be a secret from the wrong column', () => {
		expect(refusal('emailAddress', 'x'.repeat(500)).length).toBeLessThan(140);
	});
});

describe('readEntry, phone number', () => {
	it.each([
		['+1 (212) 555-0100', '+12125550100'],
		['+1.212.555.0100', '+12125550100'],
		['+1 212 555\u20110100', '+12125550100'],
		['+49 (0)151 23456780', '+4915123456780'],
		['+44(0)20 7946 0958', '+442079460958'],
		['+44.(0)20 7946 0958', '+442079460958'],
		['tel:+12125550100', '+12125550100'],
		['TEL:+12125550100', '+12125550100'],
		["'+12125550100", '+12125550100'],
		['\u202a+12125550100\u202c', '+12125550100'],
		['\uff0b1 212 555 0100;', '+12125550100'],
		['+39 06 698 12345', '+390669812345'],
		['+49 151/23456780', '+4915123456780'],
		['+225 07 01 02 03 04', '+2250701020304'],
	])('reads %j as %s', (text, number) => {
		expect(readEntry('phoneNumber', text, 'Thing')).toBe(number);
	});

	it.each([
		['212 555 0100', 'needs a phone number with its country code, such as +12125550100'],
		[12125550100, 'but got "12125550100"'],
		['0151 23456780', 'needs a phone number'],
		['0049 151 23456780', 'Write it as +4915123456780'],
		['+49 0151 23456780', 'Write it without the zero: +4915123456780'],
		['+49 (0151) 23456780', 'Write it without the zero: +4915123456780'],
		['+39 (0)6 69812345', 'Write it as +390669812345 or +39669812345'],
		['+1 (0)', 'needs a phone number'],
		['+ (0) 1234567', 'needs a phone number'],
		['x+49 (0)151 23456780', 'needs a phone number'],
		['x\uff0b12125550100', 'needs a phone number'],
		['+1 212 tel:555 0100', 'needs a phone number'],
		["+1 212 '555 0100", 'needs a phone number'],
		['+49 151 (0) 23456780', 'needs a phone number'],
		['+1-800-FLOWERS', 'needs a phone number'],
		['+1 212 555 0100 x5', 'needs a phone number'],
		['+1 212 555 0100 ext. 5', 'needs a phone number'],
		['+12125550100#5', 'needs a phone number'],
		['++12125550100', 'needs a phone number'],
		['+1+12125550100', 'needs a phone number'],
		['+1234567890123456', 'needs a phone number'],
		['+012125550100', 'needs a phone number'],
		['="+12125550100"', 'needs a phone number'],
		['+１２１２５５５０１００', 'Write it as +12125550100'],
		['+1 212 555 0100 5', 'needs a phone number'],
		['+7 (8) 912 345-67-89', 'needs a phone number'],
		['+49 30 1234567/68', 'needs a phone number'],
		['+36 06 30 123 4567', 'Write it without the zero: +36301234567'],
	])('refuses %j: %s', (value, reason) => {
		expect(refusal('phoneNumber', value)).toContain(reason);
	});

	it.each(['+39 (0)6', '0012', '+36 06'])('has no number to write for %j', (value) => {
		expect(refusal('phoneNumber', value)).not.toContain('Write it');
	});
});

describe('readEntries', () => {
	it.each<[string, ValueKind | undefined, unknown, string[]]>([
		['commas', USER, 'user_a, user_b', ['user_a', 'user_b']],
		['semicolons', USER, 'user_a; user_b;', ['user_a', 'user_b']],
		['tabs and line breaks', USER, 'user_a\tuser_b\r\nuser_c\n\n', ['user_a', 'user_b', 'user_c']],
		['quotes', USER, '"user_a", \'user_b\'', ['user_a', 'user_b']],
		['quotes round the list', USER, '"user_a; user_b"', ['user_a', 'user_b']],
		['a JSON list as text', USER, ' ["user_a","user_b"] ', ['user_a', 'user_b']],
		['a list as other languages write it', USER, "['user_a', 'user_b']", ['user_a', 'user_b']],
		['an array', USER, ['user_a ', 'user_b;'], ['user_a', 'user_b']],
		['an array with a list in it', USER, ['user_a; user_b'], ['user_a', 'user_b']],
		['rules', 'metadataRule', 'keep; plan=enterprise', ['keep', 'plan=enterprise']],
		['a rule with a colon', 'metadataRule', 'keep, "stripe:id"', ['keep', 'stripe:id']],
		[
			'names with commas',
			'emailAddress',
			'"Lovelace, Ada" <ada@example.com>, Ben <ben@example.com>',
			['ada@example.com', 'ben@example.com'],
		],
		['roles', 'role', 'Admin;org:member', ['Admin', 'org:member']],
		['open entries', undefined, 'a; b, c\nd', ['a; b', 'c', 'd']],
		['an open entry in quotes', undefined, '"Smith, J", b', ['Smith, J', 'b']],
		['an apostrophe', undefined, "'tis, it's", ["'tis", "it's"]],
		['an open entry of an array', undefined, ['a, b', ' "c" '], ['a, b', '"c"']],
		['external IDs', 'externalId', '4711\n"a, b"', ['4711', 'a, b']],
		['external IDs of an array', 'externalId', ['a;b', 12], ['a;b', '12']],
		['a number', 'externalId', 4711, ['4711']],
		['nothing', USER, ' ;, "" \u200b ', []],
		['an empty array', USER, '[]', []],
	])('reads %s', (_, kind, value, entries) => {
		expect(list(kind, value)).toEqual(entries);
	});

	it('keeps signs where a filter has them', () => {
		expect(list(USER, '-user_a; +user_b; "-user_c"', true)).toEqual([
			'-user_a',
			'+user_b',
			'-user_c',
		]);
		expect(list('externalId', '-4711, +-4712, 5', true)).toEqual(['-4711', '+-4712', '5']);
		expect(list(USER, '\u2212user_a, \u2013user_b', true)).toEqual(['-user_a', '-user_b']);
		expect(list(undefined, '-a,+b', true)).toEqual(['-a', '+b']);
	});

	it.each<[string, ValueKind | undefined, unknown, boolean, string]>([
		['a sign where there is none', USER, '-user_a', false, 'but got "-user_a"'],
		['a bullet list', USER, '- user_a\n- user_b', true, 'write -user_a to leave it out'],
		['an entry that is none', USER, 'user_a; ben', false, 'but got "ben"'],
		['an entry that is none, of an array', USER, ['user_a', 'ben'], false, 'but got "ben"'],
		['blanks between entries', USER, 'user_a user_b', false, 'but got "user_a user_b"'],
		[
			'a semicolon between open entries',
			'externalId',
			'1; 2',
			false,
			'needs commas or line breaks',
		],
		['a tab between open entries', 'externalId', 'a\tb', false, 'needs commas or line breaks'],
		[
			'numbers that lost digits',
			'externalId',
			'[912345678901234567]',
			false,
			'cannot be an identifier',
		],
		['a shortened number', 'externalId', '1,75928847299117E+17', false, 'cannot be an identifier'],
		['an excluded shortened number', 'externalId', '-1.7E+17', true, 'cannot be an identifier'],
		['null', USER, ['user_a', null], false, 'an entry without a value'],
		['a list of lists', USER, [['user_a']], false, 'needs text, but got a list'],
		['a list that is not JSON', undefined, '[a, b]', false, 'needs a list such as ["a", "b"]'],
		['an object', USER, { id: 'user_a' }, false, 'needs text, but got an object'],
		['an object as JSON', 'username', '{"id": "ada", "x": []}', false, 'such as ada, but got "{'],
		['an object as JSON in a list', 'externalId', ['{"id": 1}'], false, 'but got an object'],
		['a rest of JSON', 'username', 'ada, {"id": "ben"', false, 'such as ada, but got "{'],
	])('refuses %s', (_, kind, value, signs, reason) => {
		expect(listRefusal(kind, value, signs)).toContain(reason);
	});
});

describe('describeIdentifier', () => {
	it.each([
		['org_2NN', "an organization's ID"],
		['orgmem_2NN', "a membership's ID"],
		['ada@example.com', 'an email address'],
		['acme', undefined],
		['constructor_x', undefined],
		['org_ x', undefined],
	])('%j is %j', (text, what) => {
		expect(describeIdentifier(text, OTHERS)).toBe(what);
	});
});

describe('any text', () => {
	const word = fc.stringMatching(/^[a-z0-9]{1,8}$/);
	const digits = fc.stringMatching(/^[2-9]\d{7,9}$/);
	const ENTRIES: Array<[string, ValueKind, fc.Arbitrary<string>]> = [
		['IDs', USER, word.map((end) => `user_${end}`)],
		['email addresses', 'emailAddress', fc.tuple(word, word).map(([a, b]) => `${a}.x@${b}.com`)],
		['phone numbers', 'phoneNumber', digits.map((number) => `+1${number}`)],
		['domains', 'domain', word.map((name) => `${name}.org`)],
		['IP addresses', 'ipAddress', fc.ipV4()],
		['roles', 'role', fc.stringMatching(/^org:[a-z_]{1,8}$/)],
		['rules', 'metadataRule', fc.tuple(word, word).map(([key, value]) => `${key}=${value}`)],
		['usernames', 'username', word],
	];
	const around = fc.constantFrom('', ' ', '\u00a0', '\u200b', '\ufeff ', '  ');
	const quotes = fc.constantFrom(['', ''], ['"', '"'], ["'", "'"], ['“', '”'], ['„', '“']);
	const separator = fc.constantFrom(',', ';', '\n', '\r\n', '\t', ', ', ';\n', ',,', '; ;');

	it.each(ENTRIES)('reads %s, whatever is between and round them', (_, kind, entry) => {
		const typed = fc.tuple(entry, around, quotes, around, separator);
		fc.assert(
			fc.property(fc.array(typed, { maxLength: 6 }), (parts) => {
				const text = parts.map(
					([one, before, [open, close], after, next]) =>
						`${before}${open}${one}${close}${after}${next}`,
				);
				const expected = parts.map(([one]) => one);
				expect(list(kind, text.join(''))).toEqual(expected);
				expect(list(kind, text)).toEqual(expected);
				expect(list(kind, JSON.stringify(expected))).toEqual(expected);
			}),
		);
	});

	/** Text that is nearly an entry, so that the properties see more than refusals. */
	const nearly = fc.oneof(
		fc.string({ unit: 'binary' }),
		fc.string({
			unit: fc.constantFrom(...'user_aorg:@.;,"\'\t\n[]+-=( )0149<>\u200b\u00a0\u2013/'),
		}),
		fc.emailAddress(),
		fc.domain(),
		fc.ipV6(),
		fc.json(),
		fc.tuple(fc.constantFrom('+49 ', '+1', '00', '(0)', 'x'), fc.nat()).map(([a, b]) => a + b),
	);
	const kinds = fc.constantFrom<ValueKind>(
		...ENTRIES.map(([, kind]) => kind),
		'externalId',
		'slug',
	);

	it('gives entries that read as themselves, or a refusal with the name of the field', () => {
		fc.assert(
			fc.property(kinds, nearly, fc.boolean(), (kind, text, signs) => {
				let entries: string[];
				try {
					entries = list(kind, text, signs);
				} catch (error) {
					expect(error).toBeInstanceOf(InvalidInputError);
					expect((error as Error).message).toMatch(/^Thing /);
					return;
				}
				for (const entry of entries) {
					expect(entry.trim()).toBe(entry);
					expect(entry).not.toBe('');
				}
				if (kind !== 'metadataRule') expect(list(kind, entries, signs)).toEqual(entries);
			}),
			{ numRuns: 2000 },
		);
	});

	it('gives no character that was not typed', () => {
		fc.assert(
			fc.property(kinds, nearly, (kind, text) => {
				let entry: string;
				try {
					entry = readEntry(kind, text, 'Thing');
				} catch {
					return;
				}
				const typed = text.toLowerCase();
				if (kind === 'phoneNumber') {
					const all = typed.replace(/\D/g, '');
					const withoutTrunk = typed.replace('(0)', '').replace(/\D/g, '');
					expect([all, withoutTrunk]).toContain(entry.slice(1));
				} else if (kind !== 'metadataRule') {
					const visible = typed.replace(
						/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g,
						'',
					);
					expect(visible).toContain(entry.toLowerCase());
				}
			}),
			{ numRuns: 2000 },
		);
	});

	it('reads an email address as fast-check writes it', () => {
		fc.assert(
			fc.property(fc.emailAddress(), (address) => {
				fc.pre(/^[^+'`=-]/.test(address));
				expect(readEntry('emailAddress', address, 'Thing')).toBe(address.toLowerCase());
			}),
		);
	});
});
