import { itemsOf, readExamples } from '../support/examples';
import type { Example } from '../support/examples';
import { runNode } from '../support/host';
import { startRecorder } from '../support/recorder';
import type { Arrival, Recorder } from '../support/recorder';
import { callSdk, isSame, sdkFor } from '../support/sdk';
import type { Difference, SdkCalls } from '../support/sdk';

/**
 * Compares the requests of the node with those of Clerk's own SDK for the same call. The calls are in
 * the golden examples.
 */

const SECRET_KEY = 'sk_live_differential';

const golden = readExamples();

const compared = golden.flatMap(({ resource, operation, examples }) =>
	Object.entries(examples).flatMap(([title, { parameters, binary, sdk }]) =>
		sdk && 'calls' in sdk
			? [
					{
						name: `${resource}.${operation}, ${title}`,
						parameters: { resource, operation, ...parameters, ...sdk.form },
						binary,
						sdk,
						differences: sdk.differences ?? [],
					},
				]
			: [],
	),
);

let clerk: Recorder;

beforeAll(async () => {
	clerk = await startRecorder();
});

afterAll(async () => await clerk.close());

// The SDK warns on the console that metadata left the update routes.
beforeEach(() => {
	jest.spyOn(console, 'warn').mockImplementation(() => {});
});

afterEach(() => jest.restoreAllMocks());

/** Sorts reads: the SDK requests a list and its count concurrently, so either may arrive first. */
const inOrder = (arrivals: Arrival[]): Arrival[] =>
	arrivals.every(({ request }) => request.method === 'GET')
		? [...arrivals].sort((a, b) => a.request.path.localeCompare(b.request.path, 'en'))
		: arrivals;

const throughNode = async (parameters: Example['parameters'], binary: Example['binary']) => {
	const credential = { secretKey: SECRET_KEY, baseUrl: clerk.url, rateLimitShare: 100 };
	await runNode({ credential, parameters, items: itemsOf({ binary }) });
	return inOrder(clerk.take());
};

const throughSdk = async (example: SdkCalls, binary: Example['binary']) => {
	await callSdk(sdkFor(clerk.origin, SECRET_KEY), example, binary);
	return inOrder(clerk.take());
};

/** Returns the parts that must be equal: the key, the version, and the requests without known differences. */
const comparable = (arrivals: Arrival[], differences: Difference[]) =>
	arrivals.map(({ request, headers }) => {
		const { query, body } = structuredClone(request);
		const rest: Record<string, Record<string, unknown> | undefined> = {
			query: { ...query },
			body: body as Record<string, unknown> | undefined,
		};
		for (const { in: location, name } of differences) {
			if (name === '*') delete rest[location];
			else delete rest[location]?.[name];
		}
		return {
			...request,
			query: rest.query,
			body: rest.body,
			version: headers['clerk-api-version'],
			authorization: headers.authorization,
		};
	});

test.each(compared)(
	"the node sends the requests of Clerk's SDK: $name",
	async ({ parameters, binary, sdk, differences }) => {
		const sent = await throughNode(parameters, binary);
		const official = await throughSdk(sdk, binary);
		expect(comparable(sent, differences)).toEqual(comparable(official, differences));

		// A difference that no longer exists must be removed from the list, or it could hide a new one.
		const stale = differences.filter((difference) => {
			const others = differences.filter((other) => other !== difference);
			return isSame(comparable(sent, others), comparable(official, others));
		});
		expect(stale).toEqual([]);
	},
);

test('every operation is compared, or states why the SDK cannot do it', () => {
	const missing = golden.filter(({ examples }) => !Object.values(examples).some(({ sdk }) => sdk));
	expect(missing.map(({ resource, operation }) => `${resource}.${operation}`)).toEqual([]);
});
