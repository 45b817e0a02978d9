import { itemsOf, readExamples } from '../support/examples';
import type { Example } from '../support/examples';
import { runNode } from '../support/host';
import { startRecorder } from '../support/recorder';
import type { Arrival, Recorder } from '../support/recorder';
import { callSdk, isSame, sdkFor } from '../support/sdk';
import type { Difference, SdkCalls } from '../support/sdk';

/**
 * The same call through Clerk's own SDK and through the node: the same requests on the wire. The
 * calls stand in the golden examples.
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

// The SDK tells its users on the console that metadata left the update routes.
beforeEach(() => {
	jest.spyOn(console, 'warn').mockImplementation(() => {});
});

afterEach(() => jest.restoreAllMocks());

/** The SDK asks for a list and its count at once, so that either may come first. */
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

/** What both must agree on: who asks, and the requests without what they are known to differ in. */
const comparable = (arrivals: Arrival[], differences: Difference[]) =>
	arrivals.map(({ request, headers }) => {
		const { query, body } = structuredClone(request);
		const rest: Record<string, Record<string, unknown> | undefined> = {
			query: { ...query },
			body: body as Record<string, unknown> | undefined,
		};
		for (const { in: place, name } of differences) {
			if (name === '*') delete rest[place];
			else delete rest[place]?.[name];
		}
		return {
			...request,
			query: rest.query,
			body: rest.body,
			version: headers['clerk-api-version'],
			authorization: headers.authorization,
		};
	});

test.each(compared)('$name', async ({ parameters, binary, sdk, differences }) => {
	const sent = await throughNode(parameters, binary);
	const official = await throughSdk(sdk, binary);
	expect(comparable(sent, differences)).toEqual(comparable(official, differences));

	// A difference that is gone must go from the list, or it would hide the next one.
	const gone = differences.filter((difference) => {
		const others = differences.filter((other) => other !== difference);
		return isSame(comparable(sent, others), comparable(official, others));
	});
	expect(gone).toEqual([]);
});

test('every operation is compared, or says what the SDK lacks', () => {
	const silent = golden.filter(({ examples }) => !Object.values(examples).some(({ sdk }) => sdk));
	expect(silent.map(({ resource, operation }) => `${resource}.${operation}`)).toEqual([]);
});

test('what the SDK lacks is said in a sentence, and is not one of its methods', () => {
	const reasons = golden.flatMap(({ examples }) =>
		Object.values(examples).flatMap(({ sdk }) => (sdk && 'lacks' in sdk ? [sdk.lacks] : [])),
	);
	expect(reasons.filter((reason) => !reason.includes(' '))).toEqual([]);
});
