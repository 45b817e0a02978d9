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

describe('uncoveredCalls', () => {
	it('names a call that a new version of the SDK has', () => {
		class Badges {
			request() {}

			requireId() {}

			award() {}
		}
		const users = Object.assign(Object.create(sdk.users), { archiveUser() {} });
		const copy = { ...sdk, users, badges: new Badges() };
		expect(uncoveredCalls(callsOf(copy), compared, leftOut)).toEqual([
			'badges.award: no operation',
			'users.archiveUser: no operation',
		]);
	});

	it('would have named deleteInvitation before it had an operation', () => {
		const before = new Set(compared);
		before.delete('invitations.deleteInvitation');
		expect(uncoveredCalls(callsOf(sdk), before, leftOut)).toEqual([
			'invitations.deleteInvitation: no operation',
		]);
	});

	it('names entries of the list that are no longer needed', () => {
		const more = [
			...leftOut,
			{ call: 'users.getUser', reason: 'x' },
			{ call: 'users.gone', reason: 'x' },
		];
		expect(uncoveredCalls(callsOf(sdk), compared, more)).toEqual([
			'spec/sdkLeftOut.json: users.getUser has its operation',
			'spec/sdkLeftOut.json: the SDK has no users.gone',
		]);
	});
});
