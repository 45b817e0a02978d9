import { fakeClock } from '../support/fakeClock';
import { response, run } from '../support/scripted';

beforeEach(async () => await fakeClock.wait(3_600_000));

const items = [{ json: { on: true } }, { json: { on: false } }, { json: { on: true } }];

/** Runs the node and returns the largest number of requests that were open at once. */
async function mostAtOnce(parameters: object) {
	let open = 0;
	let most = 0;
	const { fault } = await run({ items, parameters: { ...parameters } }, async () => {
		open += 1;
		most = Math.max(most, open);
		await fakeClock.wait(10);
		open -= 1;
		return response(200, {});
	});
	expect(fault).toBeUndefined();
	return most;
}

it('updates the instance item by item, so that the last one wins', async () => {
	const parameters = { resource: 'instance', operation: 'update', updateFields: { hibp: true } };
	expect(await mostAtOnce(parameters)).toBe(1);
});

it('creates records concurrently', async () => {
	const parameters = { resource: 'oauthApplication', operation: 'create', name: 'Portal' };
	expect(await mostAtOnce(parameters)).toBe(3);
});

it.each([204, 202])('outputs success for an empty response with %d', async (status) => {
	const { json } = await run(
		{
			parameters: {
				resource: 'instance',
				operation: 'update',
				output: 'raw',
				updateFields: { hibp: true },
			},
		},
		() => response(status, ''),
	);
	expect(json).toEqual([{ success: true }]);
});

it('outputs the public interstitial as text', async () => {
	const { json } = await run(
		{ parameters: { resource: 'instance', operation: 'getPublicInterstitial' } },
		() => response(200, '<html></html>'),
	);
	expect(json).toEqual([{ text: '<html></html>', success: true }]);
});
