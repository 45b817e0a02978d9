import crypto, { randomBytes } from 'node:crypto';

import { isRejection, isSigned, LARGEST_BODY, readClaim } from '../../nodes/ClerkTrigger/signature';
import { keysOf } from '../../credentials/webhookSecret';
import {
	openTrigger,
	secretOf,
	signedBySvix,
	signedByStandard,
	isAcceptedByLibrary,
} from '../support/webhook';

const SECRET = secretOf(1);
const OTHER = secretOf(2);
const EVENT = { type: 'user.created', object: 'event', data: { id: 'user_1', object: 'user' } };
const MINUTE = 60_000;

type Delivery = ReturnType<typeof signedBySvix>;

const verify = ({ body, headers }: { body: string | Buffer; headers: Record<string, string> }) => {
	const claim = readClaim({ headers, body: Buffer.from(body) }, Date.now());
	return !isRejection(claim) && isSigned(claim, keysOf(SECRET));
};

/** Returns the text with another character at this index. */
const flipped = (text: string, at: number): string =>
	text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);

const withHeader = (delivery: Delivery, name: string, value: string | undefined) => ({
	...delivery,
	headers: { ...delivery.headers, [name]: value as string },
});

describe('receive, given a hostile request', () => {
	const genuine = () => signedBySvix(SECRET, EVENT);

	it.each<[string, () => Delivery]>([
		['signed with another secret', () => signedBySvix(OTHER, EVENT)],
		['with another id', () => withHeader(genuine(), 'svix-id', 'msg_2')],
		['without an id', () => withHeader(genuine(), 'svix-id', undefined)],
		['without a timestamp', () => withHeader(genuine(), 'svix-timestamp', undefined)],
		['without a signature', () => withHeader(genuine(), 'svix-signature', undefined)],
		['with an empty signature', () => withHeader(genuine(), 'svix-signature', '')],
		['with a version and no signature', () => withHeader(genuine(), 'svix-signature', 'v1,')],
		[
			'of version v2',
			() => {
				const { headers } = genuine();
				return withHeader(
					genuine(),
					'svix-signature',
					headers['svix-signature'].replace('v1,', 'v2,'),
				);
			},
		],
		['six minutes old', () => signedBySvix(SECRET, EVENT, { at: Date.now() - 6 * MINUTE })],
		[
			'dated six minutes in the future',
			() => signedBySvix(SECRET, EVENT, { at: Date.now() + 6 * MINUTE }),
		],
		['with a timestamp in words', () => withHeader(genuine(), 'svix-timestamp', 'now')],
		['with a negative timestamp', () => withHeader(genuine(), 'svix-timestamp', '-1')],
		['with a timestamp that is not a number', () => withHeader(genuine(), 'svix-timestamp', 'NaN')],
		[
			'with zeros before the timestamp',
			() => withHeader(genuine(), 'svix-timestamp', `0${genuine().headers['svix-timestamp']}`),
		],
		['with an empty body', () => ({ ...genuine(), body: '' })],
		['compressed', () => withHeader(genuine(), 'content-encoding', 'gzip')],
	])('rejects a request %s with 401', async (_, make) => {
		const { receive } = openTrigger();
		expect(await receive(make())).toMatchObject({ started: false, status: 401 });
	});

	it('rejects a request with any byte of its body, id, timestamp or signature changed', async () => {
		const { receive } = openTrigger();
		const delivery = genuine();
		const tampered = [
			...[...delivery.body].map((_, at) => ({ ...delivery, body: flipped(delivery.body, at) })),
			...['svix-id', 'svix-timestamp', 'svix-signature'].flatMap((name) => {
				const value = delivery.headers[name as 'svix-id'];
				return [...value].map((_, at) => withHeader(delivery, name, flipped(value, at)));
			}),
		];
		for (const each of tampered) {
			expect(await receive(each)).toMatchObject({ started: false, status: 401 });
		}
		expect(tampered.length).toBeGreaterThan(100);
	});

	it('rejects a signature whose last character is another one that decodes to the same bytes', async () => {
		const { receive } = openTrigger();
		const delivery = genuine();
		const signature = delivery.headers['svix-signature'];
		const last = signature.at(-2)!;
		const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
		const twin = alphabet[alphabet.indexOf(last) ^ 1];
		const other = `${signature.slice(0, -2)}${twin}=`;
		expect(Buffer.from(other.slice(3), 'base64')).toEqual(
			Buffer.from(signature.slice(3), 'base64'),
		);
		expect(await receive(withHeader(delivery, 'svix-signature', other))).toMatchObject({
			started: false,
			status: 401,
		});
	});

	it.each(['svix-id', 'svix-timestamp', 'svix-signature'])(
		'rejects a request with %s twice',
		async (name) => {
			const { receive } = openTrigger();
			const delivery = genuine();
			const value = delivery.headers[name as 'svix-id'];
			const rawHeaders = Object.entries(delivery.headers).flat();
			expect(
				await receive({ ...delivery, rawHeaders: [...rawHeaders, name.toUpperCase(), value] }),
			).toMatchObject({ started: false, status: 401 });
			expect(await receive(withHeader(delivery, name, [value, value] as never))).toMatchObject({
				started: false,
				status: 401,
			});
		},
	);

	it('rejects a request without raw bytes, such as multipart', async () => {
		const { receive } = openTrigger();
		expect(await receive({ ...genuine(), body: undefined })).toMatchObject({
			started: false,
			status: 401,
		});
	});

	it('rejects a body of more than 5 MiB with 413, even if it is signed', async () => {
		const { receive } = openTrigger();
		const delivery = signedBySvix(SECRET, { ...EVENT, filler: 'x'.repeat(LARGEST_BODY) });
		expect(await receive(delivery)).toMatchObject({ started: false, status: 413 });
	});

	it('rejects 10,000 requests of random bytes, with one warning in the log', async () => {
		const { receive, warnings } = openTrigger();
		const text = () => randomBytes(30).toString('latin1');
		const now = () => String(Math.floor(Date.now() / 1000));
		for (let count = 0; count < 10_000; count++) {
			const signature = `v1,${randomBytes(32).toString('base64')}`;
			const headers = {
				'svix-id': text(),
				'svix-timestamp': count % 2 ? now() : text(),
				'svix-signature': count % 3 ? signature : text(),
			};
			expect((await receive({ body: randomBytes(200), headers })).started).toBe(false);
		}
		expect(warnings).toHaveLength(1);
	});

	it('rejects a request with 500 when the secret in the credential is empty', async () => {
		const { receive } = openTrigger({ secret: 'whsec_' });
		expect(await receive(genuine())).toMatchObject({ started: false, status: 500 });
	});
});

describe('receive, given a genuine delivery', () => {
	it('accepts signatures of the reference library under both names of the headers, without a warning', async () => {
		const { receive, warnings } = openTrigger();
		expect((await receive(signedBySvix(SECRET, EVENT))).started).toBe(true);
		expect((await receive(signedByStandard(SECRET, EVENT))).started).toBe(true);
		expect(warnings).toEqual([]);
	});

	it.each([-295_000, 0, 295_000])('accepts a timestamp %d ms from now', async (offset) => {
		const { receive } = openTrigger();
		const delivery = signedBySvix(SECRET, EVENT, { at: Date.now() + offset });
		expect((await receive(delivery)).started).toBe(true);
	});

	it('accepts timestamps within exactly five minutes', () => {
		const at = 1_700_000_000_000;
		const { body, headers } = signedBySvix(SECRET, EVENT, { at });
		const claim = (now: number) => readClaim({ headers, body: Buffer.from(body) }, now);
		expect(isRejection(claim(at + 300_999))).toBe(false);
		expect(isRejection(claim(at + 301_000))).toBe(true);
		expect(isRejection(claim(at - 300_000))).toBe(false);
		expect(isRejection(claim(at - 300_001))).toBe(true);
	});

	it('accepts several signatures of which one is valid', async () => {
		const { receive } = openTrigger();
		const delivery = signedBySvix(SECRET, EVENT);
		const valid = delivery.headers['svix-signature'];
		const other = signedBySvix(OTHER, EVENT).headers['svix-signature'];
		const several = `v1a,${'A'.repeat(86)}== ${other} ${valid} v2,x`;
		expect((await receive(withHeader(delivery, 'svix-signature', several))).started).toBe(true);
	});

	it.each([
		`${OTHER} ${SECRET}`,
		`${SECRET},${OTHER}`,
		`${OTHER}${SECRET}`,
		`\n${OTHER}\n${SECRET}\n`,
	])('accepts signatures of both secrets while one is rotated: %j', async (secret) => {
		const { receive } = openTrigger({ secret });
		expect((await receive(signedBySvix(SECRET, EVENT))).started).toBe(true);
		expect((await receive(signedBySvix(OTHER, EVENT))).started).toBe(true);
		expect((await receive(signedBySvix(secretOf(3), EVENT))).started).toBe(false);
	});

	it('verifies the raw bytes, whatever the whitespace and the characters of the JSON', async () => {
		const { receive } = openTrigger();
		const text = `{ "type":"user.created" ,\n"data":{"id":"user_1","n":1.0,"first_name":"Žofie 日本 🦉 \\u0000"}}\n`;
		expect(await receive(signedBySvix(SECRET, text))).toMatchObject({
			started: true,
			json: { firstName: 'Žofie 日本 🦉 \u0000' },
		});
	});

	it.each(['text/plain', 'application/octet-stream', 'application/xml', undefined])(
		'accepts the content type %s',
		async (type) => {
			const { receive } = openTrigger();
			const delivery = withHeader(signedBySvix(SECRET, EVENT), 'content-type', type);
			expect((await receive(delivery)).started).toBe(true);
		},
	);

	it('accepts a body of 4 MB', async () => {
		const { receive } = openTrigger();
		const data = { ...EVENT.data, public_metadata: { long: '日'.repeat(1_400_000) } };
		expect((await receive(signedBySvix(SECRET, { ...EVENT, data }))).started).toBe(true);
	});

	it.each(['"user.created"', '[]', 'null', '{}', '{"type":""}', '{"type":1}', 'no JSON'])(
		'rejects a signed body that is no event with 400: %s',
		async (text) => {
			const { receive } = openTrigger();
			expect(await receive(signedBySvix(SECRET, text))).toMatchObject({
				started: false,
				status: 400,
			});
		},
	);
});

describe('isSigned, beside the reference library', () => {
	const changes: Array<(delivery: Delivery) => Delivery> = [
		(delivery) => delivery,
		(delivery) => ({ ...delivery, body: `${delivery.body} ` }),
		(delivery) => withHeader(delivery, 'svix-id', 'msg_other'),
		(delivery) =>
			withHeader(delivery, 'svix-signature', flipped(delivery.headers['svix-signature'], 9)),
		(delivery) =>
			withHeader(
				delivery,
				'svix-signature',
				`v1,${'A'.repeat(43)}= ${delivery.headers['svix-signature']}`,
			),
		(delivery) =>
			withHeader(delivery, 'svix-signature', delivery.headers['svix-signature'].slice(3)),
	];

	it('agrees with the reference library on 600 deliveries', () => {
		let genuine = 0;
		for (let count = 0; count < 600; count++) {
			const at = Date.now() + ((count % 5) - 2) * 4 * MINUTE;
			const secret = count % 7 === 0 ? OTHER : SECRET;
			const payload = { ...EVENT, random: randomBytes(count).toString('utf8') };
			const made = signedBySvix(secret, payload, { at, id: `msg_${count}` });
			const delivery = changes[count % changes.length](made);
			const isAccepted = isAcceptedByLibrary(SECRET, delivery.body, delivery.headers);
			expect(verify(delivery)).toBe(isAccepted);
			genuine += Number(isAccepted);
		}
		expect(genuine).toBeGreaterThan(50);
		expect(genuine).toBeLessThan(550);
	});
});

describe('isSigned', () => {
	it('compares every signature with every key in constant time, also after a match', () => {
		const { body, headers } = signedBySvix(SECRET, EVENT);
		const wrong = `v1,${'A'.repeat(43)}=`;
		const signatures = `${headers['svix-signature']} ${wrong} ${wrong}`;
		const claim = readClaim(
			{ headers: { ...headers, 'svix-signature': signatures }, body: Buffer.from(body) },
			Date.now(),
		);
		const compared = jest.spyOn(crypto, 'timingSafeEqual');
		expect(isRejection(claim) || isSigned(claim, keysOf(`${SECRET} ${OTHER}`))).toBe(true);
		expect(compared).toHaveBeenCalledTimes(6);
	});
});
