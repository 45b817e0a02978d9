import { InvalidInputError } from '../../../nodes/Clerk/engine/operation';
import { mask, wordingOf } from '../../../nodes/Clerk/engine/run/wording';

const SECRET = `sk_live_${'s'.repeat(40)}`;

describe('mask', () => {
	it('leaves a text of the given length as it is, and cuts a longer one', () => {
		expect(mask('12345', {}, 5)).toBe('12345');
		expect(mask('123456', {}, 5)).toBe('12345…');
	});

	it('leaves no half of a character behind', () => {
		expect(mask('1234🦀', {}, 5)).toBe('1234…');
		expect(mask('123🦀5', {}, 5)).toBe('123🦀…');
	});

	it('masks the key and the secrets of the item', () => {
		const text = mask(`${SECRET} and hunter22`, { secretKey: SECRET, secrets: ['hunter22'] }, 500);
		expect(text).not.toContain('ssss');
		expect(text).not.toContain('hunter');
	});

	it('drops the end of a very long text, which may be a part of a secret', () => {
		expect(mask('x'.repeat(20_000), {}, 30_000)).toBe('x'.repeat(20_000));
		expect(mask('x'.repeat(20_001), {}, 30_000)).toBe(`${'x'.repeat(18_000)}…`);
		const half = `${'x'.repeat(19_980)}${SECRET}`;
		expect(mask(half, { secretKey: SECRET }, 30_000)).toBe(`${'x'.repeat(18_000)}…`);
	});
});

describe('wordingOf', () => {
	it('says that nothing was sent for an item with invalid input, unless a part of it was', () => {
		const error = new InvalidInputError('Role', 'is empty');
		expect(wordingOf(error, {}).details).toEqual(['Nothing was sent for this item.']);
		expect(wordingOf(error, { isPartlyDone: true }).details).toEqual([]);
	});
});
