import { hasRecords } from '../../nodes/Clerk/engine/form/outputFields';
import { optionsOf } from '../../nodes/Clerk/engine/form/options';
import type { Operation } from '../../nodes/Clerk/engine/operation';
import { resources } from '../../nodes/Clerk/resources';
import { response, run } from '../support/scripted';

/** The option Date Format. */

const MS = Date.UTC(2026, 0, 31, 9, 30);
const ISO = '2026-01-31T09:30:00.000Z';

const user = { id: 'user_1', created_at: MS, last_sign_in_at: null, public_metadata: { at: MS } };

const outputOf = async (parameters: object) => {
	const list = {
		resource: 'user',
		operation: 'getAll',
		returnAll: true,
		filters: {},
		...parameters,
	};
	const { json } = await run({ parameters: list }, ({ url }) =>
		response(200, url.includes('/count') ? { total_count: 1 } : [user]),
	);
	return json[0];
};

it.each([
	['Simplified', { output: 'simplified' }, { createdAt: ISO, lastSignInAt: null }],
	['Selected Fields', { output: 'selectedFields', fields: ['createdAt'] }, { createdAt: ISO }],
	['a list in one item', { outputAs: 'envelope' }, { users: [{ createdAt: ISO }] }],
])('ISO 8601 is written in %s', async (_, parameters, expected) => {
	const given = { ...parameters, options: { dateFormat: 'iso' } };
	expect(await outputOf(given)).toMatchObject(expected);
});

it('Raw has what Clerk sent', async () => {
	const given = { output: 'raw', options: { dateFormat: 'iso' } };
	expect(await outputOf(given)).toEqual(user);
});

it.each([{}, { dateFormat: 'unix' }])('%j leaves Unix milliseconds', async (options) => {
	expect(await outputOf({ options })).toMatchObject({ createdAt: MS });
});

it('leaves metadata alone', async () => {
	expect(await outputOf({ options: { dateFormat: 'iso' } })).toMatchObject({
		publicMetadata: { at: MS },
	});
});

it('is refused where it is neither', async () => {
	const parameters = { resource: 'user', operation: 'getAll', options: { dateFormat: 'de' } };
	const { fault } = await run({ parameters }, () => response(200, []));
	expect(fault.message).toContain('Date Format needs one of iso, unix');
});

const offers = (operation: Operation) =>
	optionsOf(operation).some(({ name }) => name === 'dateFormat');

it('is an option where records are output, and of the jobs that output users', () => {
	const operations = resources.flatMap((resource) =>
		resource.operations.map((operation) => ({
			name: `${resource.value}.${operation.value}`,
			operation,
		})),
	);
	const offered = operations.filter(({ operation }) => offers(operation)).map(({ name }) => name);
	expect(offered).toEqual(expect.arrayContaining(['user.getAll', 'user.create', 'session.get']));
	const records = operations.filter(({ operation }) => hasRecords(operation));
	expect(offered).toEqual(expect.arrayContaining(records.map(({ name }) => name)));
	const jobs = operations.filter(({ operation }) => offers(operation) && !hasRecords(operation));
	expect(jobs.map(({ name }) => name)).toEqual(['user.upsert', 'user.getInactive']);
});
