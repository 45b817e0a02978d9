import { toClerkCredential } from '../../../nodes/Clerk/engine/http/credential';

describe('toClerkCredential', () => {
	const whole = {
		secretKey: 'sk_test_1',
		baseUrl: 'https://clerk.example/v1',
		accessPolicy: 'readOnly',
		rateLimitShare: 45,
	};

	it('keeps the values, the share as a number', () => {
		expect(toClerkCredential(whole)).toEqual(whole);
		expect(toClerkCredential({ ...whole, rateLimitShare: '45' })).toEqual(whole);
	});

	it('fills in the defaults of the form, and leaves key and URL empty', () => {
		expect(toClerkCredential({})).toEqual({
			secretKey: '',
			baseUrl: '',
			accessPolicy: 'full',
			rateLimitShare: 80,
		});
	});

	it('trims the secret key', () => {
		expect(toClerkCredential({ ...whole, secretKey: ' sk_test_1\n' })).toEqual(whole);
	});

	it.each([undefined, null, ''])(
		'keeps a policy of %j, which the client rejects',
		(accessPolicy) => {
			expect(toClerkCredential({ ...whole, accessPolicy } as never).accessPolicy).toBe(
				accessPolicy,
			);
		},
	);

	it.each([0, '', 'much', null])('uses the default share instead of %j', (rateLimitShare) => {
		expect(toClerkCredential({ ...whole, rateLimitShare } as never).rateLimitShare).toBe(80);
	});
});
