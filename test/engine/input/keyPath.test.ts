import { parseKeyPath } from '../../../nodes/Clerk/engine/input/keyPath';

describe('parseKeyPath', () => {
	it.each([
		['plan', ['plan']],
		['billing.customerId', ['billing', 'customerId']],
		['a\\.b.c', ['a.b', 'c']],
		['a\\\\.b', ['a\\', 'b']],
		['C:\\x', ['C:\\x']],
		['__proto__.x', ['__proto__', 'x']],
		['ключ.😀', ['ключ', '😀']],
	])('splits %j', (text, names) => {
		expect(parseKeyPath(text, 'Keys')).toEqual(names);
	});

	it.each(['.', 'a..b', '.a', 'a.'])('rejects %j, which has an empty name', (text) => {
		expect(() => parseKeyPath(text, 'Keys')).toThrow(`Keys has an empty name in "${text}"`);
	});
});
