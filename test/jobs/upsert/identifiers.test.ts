import { readEntry } from '../../../nodes/Clerk/engine/input/kinds';
import type { UpsertMatchBy } from '../../../nodes/Clerk/jobs/upsert/identifiers';

describe('readEntry, of what users are matched by', () => {
	it.each<[UpsertMatchBy, string, string]>([
		['emailAddress', ' Ada@Example.COM ', 'ada@example.com'],
		['phoneNumber', '+1 (555) 123-4567', '+15551234567'],
		['username', 'Ada', 'ada'],
		['externalId', ' A-4711 ', 'A-4711'],
	])('normalizes the %s %j to %j', (by, value, expected) => {
		expect(readEntry(by, value, 'Match Value')).toBe(expected);
	});

	it.each<[UpsertMatchBy, string]>([
		['emailAddress', 'ada'],
		['emailAddress', 'ada@a b'],
		['emailAddress', '[object Object]'],
		['phoneNumber', '555'],
		['phoneNumber', '0049 30 1234'],
		['externalId', '  '],
		['username', ''],
	])('rejects the %s %j', (by, value) => {
		expect(() => readEntry(by, value, 'Match Value')).toThrow(/^Match Value (needs|is empty)/);
	});
});
