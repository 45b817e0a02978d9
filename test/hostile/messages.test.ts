import { fakeClock } from '../support/fakeClock';
import { response, everythingIn, KEY, errorResponse, run } from '../support/scripted';
import type { Respond } from '../support/scripted';
import { createUser, deleteUser, gets, parametersOf, byId } from '../support/users';

/** What a message repeats: no secret that a server echoes, and no text without end. */

// Each test starts with all rate limits free.
beforeEach(async () => await fakeClock.wait(3_600_000));

const PASSWORD = 'S3cret "quoted" \\ & <b> \'é\' pass/word';
const TOTP = 'JBSWY3DPEHPK3PXPQQQQ';
const CODES = ['3f9k2m7q', '8h4n6p1t'];

const secrets = {
	emailAddress: ['a@example.com'],
	password: PASSWORD,
	totpSecret: TOTP,
	backupCodes: CODES.join(', '),
};

const escapedPage = (text: string) =>
	text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');

/** Ways in which a server, or something in its place, repeats what it was sent. */
const ECHOES: Array<[string, Respond]> = [
	[
		'the body in a message',
		({ body }) => errorResponse(422, [{ message: `bad: ${String(body)}` }]),
	],
	[
		'the body in a long message',
		({ body }) => errorResponse(422, [{ long_message: String(body), code: 'x' }]),
	],
	[
		'the body in the metadata',
		({ body }) => errorResponse(422, [{ message: 'bad', meta: { sent: body } }]),
	],
	['the body as JSON', ({ body }) => response(422, String(body))],
	['the body in a page', ({ body }) => response(500, `<p>${escapedPage(String(body))}</p>`)],
	['the body in a long page', ({ body }) => response(500, `${'<p>'.repeat(55)}${String(body)}`)],
	['the body as it is', ({ body }) => response(403, String(body))],
	[
		'each value in a page',
		({ body }) => {
			const { password, totp_secret: totp, backup_codes: codes } = JSON.parse(String(body));
			return response(400, [password, totp, ...(codes ?? [])].map(escapedPage).join('<br>'));
		},
	],
	[
		'each value in a message',
		({ body }) => {
			const { password, totp_secret: totp } = JSON.parse(String(body));
			return errorResponse(422, [{ message: `no ${password}`, code: totp }]);
		},
	],
	[
		'the start of a secret at the end of what is shown',
		({ body }) => response(500, 'x'.repeat(170) + JSON.parse(String(body)).password),
	],
];

/** Parts long enough to be of use to somebody. */
const PARTS = ['S3cret', 'quoted', 'pass/word', 'pass\\/word', TOTP, TOTP.slice(0, 8), ...CODES];

describe.each([true, false])(
	'with Continue On Fail: %s, an error does not repeat secrets',
	(continueOnFail) => {
		it.each(ECHOES)('when a server sends back %s', async (_, respond) => {
			const { fault, items } = await run(
				{ parameters: createUser({ additionalFields: secrets }), continueOnFail },
				respond,
			);
			const { message, description, errorResponse, context } = fault ?? {};
			const json = items[0]?.json;
			expect(continueOnFail ? json.error : message).toMatch(/ \[item 0\]$/);
			const shown = everythingIn({ message, description, errorResponse, context, json });
			expect(PARTS.filter((part) => shown.includes(part))).toEqual([]);
		});

		it('when it is about a field on the form', async () => {
			const verify = parametersOf(
				'user',
				'verifyPassword',
			)({ userId: byId('user_1'), password: PASSWORD });
			const { fault, items } = await run({ parameters: verify, continueOnFail }, ({ body }) =>
				errorResponse(422, [{ message: `bad: ${String(body)}` }]),
			);
			const message = continueOnFail ? items[0].json.error : fault.message;
			expect(message).toContain('********');
			expect(message).not.toContain('S3cret');
		});
	},
);

describe('a message', () => {
	const MANY = 1_000_000;

	it.each<[string, () => ReturnType<typeof run>]>([
		[
			'of a value of the input',
			async () =>
				await run({ parameters: deleteUser({ userId: byId(`user ${'x'.repeat(MANY)}`) }) }, () =>
					response(404, '{"errors":[]}'),
				),
		],
		[
			"of Clerk's",
			async () =>
				await run({ parameters: gets('a') }, () =>
					errorResponse(422, [
						{ message: 'm'.repeat(MANY), long_message: 'l'.repeat(MANY), code: 'c'.repeat(MANY) },
					]),
				),
		],
		[
			'of many',
			async () =>
				await run({ parameters: gets('a') }, () =>
					errorResponse(422, Array(10_000).fill({ message: 'no', code: 'x' })),
				),
		],
		[
			'of a page',
			async () => await run({ parameters: gets('a') }, () => response(400, '<p>'.repeat(MANY))),
		],
	])('%s is cut', async (_, failing) => {
		const { fault } = await failing();
		expect(fault.message.length).toBeLessThan(1_100);
		expect(fault.message).toMatch(/ \[item 0\]$/);
		expect(fault.description?.length ?? 0).toBeLessThan(4_100);
		expect(JSON.stringify(fault.errorResponse ?? '').length).toBeLessThan(25_000);
	});

	it('is cut without a part of the key at its end', async () => {
		for (const before of [450, 950, 980, 999, 3_990, 19_990, 19_999]) {
			const text = `${'x'.repeat(before)}${KEY}${'y'.repeat(30_000)}`;
			const { fault } = await run({ parameters: gets('a') }, () =>
				errorResponse(422, [{ message: text, long_message: text }]),
			);
			expect(everythingIn(fault)).not.toContain(KEY.slice(0, 6));
		}
	});

	it('is cut between characters', async () => {
		const { fault } = await run({ parameters: gets('a') }, () =>
			errorResponse(422, [{ message: `x${'😀'.repeat(1_000)}` }]),
		);
		expect(fault.message).not.toMatch(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/);
	});
});
