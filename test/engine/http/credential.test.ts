import { toClerkCredential } from '../../../nodes/Clerk/engine/http/credential';

describe('a credential', () => {
	const whole = {
		secretKey: 'sk_test_1',
		baseUrl: 'https://clerk.example/v1',
		accessPolicy: 'readOnly',
		rateLimitShare: 45,
	};

	it('is taken as it is', () => {
		expect(toClerkCredential(whole)).toEqual(whole);
		expect(toClerkCredential({ ...whole, rateLimitShare: '45' })).toEqual(whole);
	});

	it('has the defaults of the form for what it lacks, and no key of its own making', () => {
		expect(toClerkCredential({})).toEqual({
			secretKey: '',
			baseUrl: '',
			accessPolicy: 'full',
			rateLimitShare: 80,
		});
	});

	it('has its key without the blanks round it', () => {
		expect(toClerkCredential({ ...whole, secretKey: ' sk_test_1\n' })).toEqual(whole);
	});

	it.each([undefined, null, ''])('keeps a policy that is %j', (accessPolicy) => {
		expect(toClerkCredential({ ...whole, accessPolicy } as never).accessPolicy).toBe(accessPolicy);
	});

	it.each([0, '', 'much', null])('has the share of the form instead of %j', (rateLimitShare) => {
		expect(toClerkCredential({ ...whole, rateLimitShare } as never).rateLimitShare).toBe(80);
	});
});
