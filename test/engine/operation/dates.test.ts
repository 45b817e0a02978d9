import { toIsoDate } from '../../../nodes/Clerk/engine/operation/dates';
import {
	called,
	derived,
	each,
	nested,
	simplify,
	view,
} from '../../../nodes/Clerk/engine/operation/view';
import type { ViewField } from '../../../nodes/Clerk/engine/operation';

const MS = Date.UTC(2026, 0, 31, 9, 30);
const ISO = '2026-01-31T09:30:00.000Z';

const simplified = (record: Record<string, unknown>, fields: ViewField[], format: 'unix' | 'iso') =>
	simplify(record, view('things', fields), format);

it.each([
	[MS, ISO],
	[MS / 1_000, ISO],
	[0, '1970-01-01T00:00:00.000Z'],
	[8.64e15 + 1, null],
	[NaN, null],
])('toIsoDate(%d) is %j', (time, expected) => expect(toIsoDate(time)).toBe(expected));

describe('dates in the output', () => {
	it.each([
		...['createdAt', 'expireAt', 'lastSignInAt', 'expiration', 'timestamp'],
		...['periodStart', 'periodEnd', 'prorationDate'],
	])('%s is written in ISO 8601 if that is asked for', (name) => {
		const record = { [name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)]: MS };
		expect(simplified(record, [name], 'iso')).toEqual({ [name]: ISO });
		expect(simplified(record, [name], 'unix')).toEqual({ [name]: MS });
	});

	it.each([
		'membersCount',
		'format',
		'flat',
		'chat',
		'rate',
		'update',
		'startNumber',
		'lifetimePaid',
	])('%s is no date', (name) => {
		const record = { [name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)]: MS };
		expect(simplified(record, [name], 'iso')).toEqual({ [name]: MS });
	});

	it.each([null, '2026-01-31', true])('%j stays as it is', (value) =>
		expect(simplified({ created_at: value }, ['createdAt'], 'iso')).toEqual({ createdAt: value }),
	);

	it('are found in fields with other names, in lists of records and in objects of Clerk', () => {
		const fields = [
			called('joinedAt', 'created_at'),
			derived('seenAt', ({ last_seen }) => last_seen),
			each('parts', ['createdAt']),
			nested('payment', ['prices']),
		];
		const record = {
			created_at: MS,
			last_seen: MS,
			parts: [{ created_at: MS }],
			payment: {
				date: MS,
				amount: MS,
				steps: [{ paid_at: MS / 1_000, public_metadata: { paid_at: MS } }],
				prices: { set_at: MS },
			},
		};
		expect(simplified(record, fields, 'iso')).toEqual({
			joinedAt: ISO,
			seenAt: ISO,
			parts: [{ createdAt: ISO }],
			payment: {
				date: ISO,
				amount: MS,
				steps: [{ paidAt: ISO, publicMetadata: { paid_at: MS } }],
				prices: { set_at: MS },
			},
		});
	});

	it('are left alone in what users store', () => {
		const record = { public_metadata: { createdAt: MS, created_at: MS }, claims: { issuedAt: MS } };
		expect(simplified(record, ['publicMetadata', 'claims'], 'iso')).toEqual({
			publicMetadata: record.public_metadata,
			claims: record.claims,
		});
	});
});
