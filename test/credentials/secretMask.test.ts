import { withoutSecret, withoutSecretIn } from '../../credentials/clerkKey';
import { KEY } from '../support/scripted';
import { growthOf } from '../support/timing';

const MASK = '********';

const hexOf = (character: string) => character.charCodeAt(0).toString(16).padStart(2, '0');
const each = (text: string, spell: (character: string, index: number) => string) =>
	[...text].map(spell).join('');
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Ways in which a server, a proxy or a template may write a key. */
const SPELLINGS: Array<[string, (key: string) => string]> = [
	['as it is', (key) => key],
	['with a JSON escape at the beginning', (key) => `\\u0073${key.slice(1)}`],
	['with a JSON escape at the end', (key) => key.slice(0, -1) + `\\u00${hexOf(key.slice(-1))}`],
	['in JSON escapes', (key) => each(key, (c) => `\\u00${hexOf(c)}`)],
	['in JSON escapes with capitals', (key) => each(key, (c) => `\\u00${hexOf(c).toUpperCase()}`)],
	['in JSON escapes within JSON', (key) => each(key, (c) => `\\\\u00${hexOf(c)}`)],
	['in every other JSON escape', (key) => each(key, (c, i) => (i % 2 ? c : `\\u00${hexOf(c)}`))],
	['in escapes of JavaScript', (key) => each(key, (c) => `\\x${hexOf(c)}`)],
	['percent-encoded', (key) => each(key, (c) => `%${hexOf(c)}`)],
	['percent-encoded twice', (key) => each(key, (c) => `%25${hexOf(c)}`)],
	['with a percent-encoded underscore', (key) => key.replace(/_/g, '%5F')],
	['in HTML entities', (key) => each(key, (c) => `&#${c.charCodeAt(0)};`)],
	['in HTML entities of hex', (key) => each(key, (c) => `&#x${hexOf(c)};`)],
];

/** The key with what may be before and after it, in base64. */
const AROUND = ['', 'a', 'ab', 'abc', 'Bearer ', '{"Authorization":"Bearer '];

describe('the key in a text', () => {
	it.each(SPELLINGS)('is masked %s', (_, spell) => {
		const text = `before ${spell(KEY)} and ${spell(KEY)} after`;
		expect(withoutSecret(text, KEY)).toBe(`before ${MASK} and ${MASK} after`);
	});

	it.each(AROUND)('is masked in base64 after %j', (before) => {
		for (const after of ['', 'x', 'xy', '"}']) {
			const encoded = base64(before + KEY + after);
			for (const text of [encoded, encoded.replace(/\+/g, '-').replace(/\//g, '_')]) {
				const masked = withoutSecret(`x ${text} y`, KEY);
				expect(masked).toContain(MASK);
				// What is left holds a few bits of the first and the last character at most.
				const left = masked.slice(2, -2).split(MASK);
				expect(left[0].length).toBeLessThanOrEqual(Math.ceil((before.length * 8) / 6) + 1);
				expect(left[1].length).toBeLessThanOrEqual(Math.ceil((after.length * 8) / 6) + 5);
			}
		}
	});

	it('is masked in base64 with its special characters encoded', () => {
		const key = `sk_test_${'?>~'.repeat(10)}`;
		const encoded = base64(key);
		expect(encoded).toMatch(/[+/]/);
		expect(withoutSecret(encodeURIComponent(encoded), key)).toMatch(/^\*{8}/);
		expect(withoutSecret(encoded.replace(/\//g, '\\/'), key)).toMatch(/^\*{8}/);
	});

	it.each([
		'',
		'nothing of it',
		KEY.slice(0, -1),
		KEY.slice(1),
		`${KEY.slice(0, 20)} ${KEY.slice(20)}`,
	])('leaves other text as it is: %j', (text) => {
		expect(withoutSecret(text, KEY)).toBe(text);
		expect(withoutSecret(`${text} %41 \\u0041 &#65;`, KEY)).toBe(`${text} %41 \\u0041 &#65;`);
	});

	it('is nothing where there is no key', () => {
		expect(withoutSecret('a', '')).toBe('a');
		expect(withoutSecret('a', undefined)).toBe('a');
	});

	it('may have characters that mean something in an expression', () => {
		const key = 'sk_test_.*+?^${}()|[]\\/-';
		expect(withoutSecret(`a ${key} %41 sk_test_x`, key)).toBe(`a ${MASK} %41 sk_test_x`);
	});
});

describe('the key in a value', () => {
	it('shows only after parsing, and is masked there', () => {
		const escaped = each(KEY, (c) => `\\u00${hexOf(c)}`);
		const parsed = JSON.parse(`{"a":["x ${escaped}",{"${escaped}":1}],"b":null}`) as unknown;
		expect(JSON.stringify(parsed)).toContain(KEY);
		expect(withoutSecretIn(parsed, KEY)).toEqual({ a: [`x ${MASK}`, { [MASK]: 1 }], b: null });
	});

	it.each([
		undefined,
		null,
		0,
		true,
		'',
		'text',
		[],
		{},
		[1, [2, { a: [] }]],
		{ b: { c: 'd' }, a: 1 },
	])('leaves %j as it is', (value) => {
		expect(withoutSecretIn(value, KEY)).toEqual(value);
		expect(JSON.stringify(withoutSecretIn(value, KEY))).toBe(JSON.stringify(value));
	});

	it('is a text alone', () => {
		expect(withoutSecretIn(`a ${KEY}`, KEY)).toBe(`a ${MASK}`);
	});

	it('does not change the value that it was given', () => {
		const value = { a: [KEY] };
		withoutSecretIn(value, KEY);
		expect(value).toEqual({ a: [KEY] });
	});

	it('keeps what is no JSON', () => {
		const value = { at: new Date(0), bytes: Buffer.from('a') };
		const masked = withoutSecretIn(value, KEY);
		expect(masked.at).toBe(value.at);
		expect(masked.bytes).toBe(value.bytes);
	});

	it('keeps a name that would change a prototype', () => {
		const value = JSON.parse(`{"__proto__":{"a":"${KEY}"},"b":1}`) as object;
		const masked = withoutSecretIn(value, KEY);
		expect(JSON.stringify(masked)).toBe(`{"__proto__":{"a":"${MASK}"},"b":1}`);
		expect((masked as { a?: string }).a).toBeUndefined();
	});

	it('may be nested as deep as JSON may', () => {
		const depth = 100_000;
		let value: unknown = KEY;
		for (let level = 0; level < depth; level++) value = level % 2 ? [value] : { a: value };
		let masked: unknown = withoutSecretIn(value, KEY);
		while (typeof masked === 'object') [masked] = Object.values(masked as object);
		expect(masked).toBe(MASK);
	});
});

describe('the time of masking grows with the length alone', () => {
	const LENGTH = 400_000;
	it.each([
		's',
		'sk_test_',
		KEY.slice(0, -1),
		'\\',
		'\\u0073\\u006b',
		'%',
		'%25',
		'%73%6b',
		'&#',
		'&#0000000',
		'&#115;',
		base64(KEY).slice(0, -8),
		'"a":"b\\n",',
	])('for a text of %j', async (part) => {
		const textOf = (length: number) => part.repeat(length / part.length);
		const growth = await growthOf((length) => withoutSecret(textOf(length), KEY), LENGTH);
		expect(growth).toBeLessThan(4);
		const ofTorn = await growthOf((length) => withoutSecret(`${textOf(length)}%`, KEY), LENGTH);
		expect(ofTorn).toBeLessThan(4);
	});

	it('for a value of many parts', async () => {
		const valueOf = (length: number) =>
			Array.from({ length }, (_, index) => ({ id: `user_${index}`, a: [index] }));
		const growth = await growthOf((length) => withoutSecretIn(valueOf(length), KEY), 50_000);
		expect(growth).toBeLessThan(4);
	});
});

describe('withoutSecret, of a password', () => {
	const password = 'a"b\\c\'d&e<f>g/h\ni';

	it.each([
		['as it is', password],
		['in JSON', JSON.stringify(password).slice(1, -1)],
		['in JSON within JSON', JSON.stringify(JSON.stringify(password)).slice(3, -3)],
		['in a page', password.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;')],
		['in JSON in a page', JSON.stringify(password).slice(1, -1).replace(/"/g, '&quot;')],
		['in a page in a page', password.replace(/&/g, '&amp;amp;').replace(/"/g, '&amp;quot;')],
		['percent-encoded', encodeURIComponent(password)],
	])('masks it %s', (_, text) => {
		expect(withoutSecret(`x${text}y`, password)).toBe('x********y');
	});

	it.each(['\\'.repeat(40), '"'.repeat(40), '\\"'.repeat(20), '&'.repeat(40)])(
		'ends soon, whatever the password %s is like',
		(odd) => {
			const text = `${odd.repeat(200)}x`;
			expect(withoutSecret(text.replace(/./, '%'), `${odd}y`)).toHaveLength(text.length);
		},
	);
});
