import { response, run } from '../support/scripted';

describe('the signing key of a JWT template', () => {
	const parameters = {
		resource: 'jwtTemplate',
		operation: 'create',
		name: 'supabase',
		claims: '{}',
	};
	const sentFor = async (signingKey: string) => {
		const { sent } = await run(
			{ parameters: { ...parameters, additionalFields: { signingKey } } },
			() => response(200, {}),
		);
		return (JSON.parse(String(sent[0].body)) as { signing_key: string }).signing_key;
	};
	const long = 'A'.repeat(70);

	it.each([
		['without spaces', `-----BEGIN PRIVATE KEY-----${long}-----END PRIVATE KEY-----`],
		['with spaces', ` -----BEGIN PRIVATE KEY----- ${long} -----END PRIVATE KEY----- `],
	])('gets its line breaks back when it is a PEM on one line, %s', async (_, key) => {
		expect(await sentFor(key)).toBe(
			`-----BEGIN PRIVATE KEY-----\n${'A'.repeat(64)}\nAAAAAA\n-----END PRIVATE KEY-----\n`,
		);
	});

	it.each([
		'a shared secret',
		'-----BEGIN PRIVATE KEY-----\nAAAA\nBBBB\n-----END PRIVATE KEY-----\n',
		'-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----',
		'-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----',
	])('is sent unchanged when it is no PEM on one line: %j', async (key) =>
		expect(await sentFor(key)).toBe(key),
	);

	it('is masked in a dry run', async () => {
		const key = `-----BEGIN PRIVATE KEY-----${long}-----END PRIVATE KEY-----`;
		const { json } = await run(
			{
				parameters: {
					...parameters,
					additionalFields: { signingKey: key },
					options: { dryRun: true },
				},
			},
			() => response(200, {}),
		);
		expect(json[0].body).toMatchObject({ signing_key: '********' });
	});
});
