import leftOut from '../../spec/sdkLeftOut.json';
import { readExamples } from '../support/examples';
import { sdkFor } from '../support/sdk';
import { callsOf, comparedCalls, uncoveredCalls } from '../support/sdkCalls';

/** Clerk's SDK can do nothing that the node cannot, but for what `spec/sdkLeftOut.json` lists. */

const sdk = sdkFor('https://api.clerk.com', 'sk_test_unused');
const compared = comparedCalls(readExamples());

test('each call of the SDK has an operation, or a reason to have none', () => {
	const calls = callsOf(sdk);
	expect(calls.length).toBeGreaterThan(180);
	expect(uncoveredCalls(calls, compared, leftOut)).toEqual([]);
	for (const { reason } of leftOut) expect(reason).toMatch(/\S/);
});
