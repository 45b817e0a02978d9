import { fakeClock } from '../support/fakeClock';
import { answer, run } from '../support/scripted';

/** What belongs to the instance, and to no record. */

beforeEach(async () => await fakeClock.wait(3_600_000));

const items = [{ json: { on: true } }, { json: { on: false } }, { json: { on: true } }];

/** The most requests that were on their way at once. */
async function mostAtOnce(parameters: object) {
	let open = 0;
	let most = 0;
	const { fault } = await run({ items, parameters: { ...parameters } }, async () => {
		open += 1;
		most = Math.max(most, open);
		await fakeClock.wait(10);
		open -= 1;
		return answer(200, {});
	});
	expect(fault).toBeUndefined();
	return most;
}

it('is written by one item after the other, so that the last one counts', async () => {
	const parameters = { resource: 'instance', operation: 'update', updateFields: { hibp: true } };
	expect(await mostAtOnce(parameters)).toBe(1);
});

it('what creates goes side by side', async () => {
	const parameters = { resource: 'oauthApplication', operation: 'create', name: 'Portal' };
	expect(await mostAtOnce(parameters)).toBe(3);
});

it.each([204, 202])(
	'answers nothing with %d, and the item says that it was done',
	async (status) => {
		const { json } = await run(
			{ parameters: { resource: 'instance', operation: 'update', output: 'raw' } },
			() => answer(status, ''),
		);
		expect(json).toEqual([{ success: true }]);
	},
);

it('answers a page, as text', async () => {
	const { json } = await run(
		{ parameters: { resource: 'instance', operation: 'getPublicInterstitial' } },
		() => answer(200, '<html></html>'),
	);
	expect(json).toEqual([{ text: '<html></html>', success: true }]);
});

describe('a PEM that a field for secrets has put on one line', () => {
	const parameters = {
		resource: 'jwtTemplate',
		operation: 'create',
		name: 'supabase',
		claims: '{}',
	};
	const sentFor = async (signingKey: string) => {
		const { sent } = await run(
			{ parameters: { ...parameters, additionalFields: { signingKey } } },
			() => answer(200, {}),
		);
		return (JSON.parse(String(sent[0].body)) as { signing_key: string }).signing_key;
	};
	const long = 'A'.repeat(70);

	it.each([
		['without blanks', `-----BEGIN PRIVATE KEY-----${long}-----END PRIVATE KEY-----`],
		['with blanks', ` -----BEGIN PRIVATE KEY----- ${long} -----END PRIVATE KEY----- `],
	])('gets its lines back: %s', async (_, key) => {
		expect(await sentFor(key)).toBe(
			`-----BEGIN PRIVATE KEY-----\n${'A'.repeat(64)}\nAAAAAA\n-----END PRIVATE KEY-----\n`,
		);
	});

	it.each([
		'a shared secret',
		'-----BEGIN PRIVATE KEY-----\nAAAA\nBBBB\n-----END PRIVATE KEY-----\n',
		'-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----',
		'-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----',
	])('is left as it is otherwise: %j', async (key) => expect(await sentFor(key)).toBe(key));

	it('is not in a dry run', async () => {
		const key = `-----BEGIN PRIVATE KEY-----${long}-----END PRIVATE KEY-----`;
		const { json } = await run(
			{
				parameters: {
					...parameters,
					additionalFields: { signingKey: key },
					options: { dryRun: true },
				},
			},
			() => answer(200, {}),
		);
		expect(json[0].body).toMatchObject({ signing_key: '********' });
	});
});

describe('an OAuth access token', () => {
	it.each([
		[{ active: false }, false],
		[{ id: 'oat_1', revoked: false, expired: false }, true],
		[{ id: 'oat_1', revoked: true, expired: false }, false],
		[{ id: 'oat_1', revoked: false, expired: true }, false],
	])('%j is active: %s', async (token, active) => {
		const { json } = await run(
			{ parameters: { resource: 'oauthAccessToken', operation: 'verify', accessToken: 'x' } },
			() => answer(200, token),
		);
		expect(json[0]).toMatchObject({ active, success: true });
	});
});
