import { describeValue, trimAround } from '../../../nodes/Clerk/engine/input/describe';

describe('trimAround', () => {
	it.each([
		['', ''],
		[' \t\u200b\u00a0', ''],
		['\ufeff ada lovelace\u200e\n', 'ada lovelace'],
		['ada;,', 'ada;,'],
	])('of %j is %j', (text, trimmed) => {
		expect(trimAround(text)).toBe(trimmed);
	});

	it('leaves out further characters at the end alone', () => {
		expect(trimAround(' ;ada; ,;', ';,')).toBe(';ada');
		expect(trimAround(';,', ';,')).toBe('');
	});
});

describe('describeValue', () => {
	it.each([
		['\u00adada\u200b', '"\\u00adada\\u200b"'],
		['a\nb', '"a\\nb"'],
		[5, '5'],
		[true, 'true'],
		[null, 'null'],
		[undefined, 'nothing'],
		[['secret'], 'a list'],
		[{ password: 'secret' }, 'an object'],
	])('of %j is %s', (value, shown) => {
		expect(describeValue(value)).toBe(shown);
	});

	it('is cut to 60 characters', () => {
		expect(describeValue('x'.repeat(58))).toBe(`"${'x'.repeat(58)}"`);
		expect(describeValue('x'.repeat(59))).toBe(`"${'x'.repeat(59)}…`);
	});
});
