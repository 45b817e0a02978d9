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
