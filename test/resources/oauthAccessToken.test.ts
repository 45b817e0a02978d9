import { response, run } from '../support/scripted';

test.each([
	[{ active: false }, false],
	[{ id: 'oat_1', revoked: false, expired: false }, true],
	[{ id: 'oat_1', revoked: true, expired: false }, false],
	[{ id: 'oat_1', revoked: false, expired: true }, false],
])('verifying the OAuth access token %j gives active: %s', async (token, active) => {
	const { json } = await run(
		{ parameters: { resource: 'oauthAccessToken', operation: 'verify', accessToken: 'x' } },
		() => response(200, token),
	);
	expect(json[0]).toMatchObject({ active, success: true });
});

test('verifying an OAuth access token outputs the chain of actors as Clerk sends it', async () => {
	const act = { sub: 'mch_1', iss: 'https://clerk.example.com', act: { sub: 'user_2' } };
	const { json } = await run(
		{ parameters: { resource: 'oauthAccessToken', operation: 'verify', accessToken: 'x' } },
		() => response(200, { id: 'oat_1', subject: 'user_1', act }),
	);
	expect(json[0]).toMatchObject({ subject: 'user_1', act });
});
