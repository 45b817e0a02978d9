import { randomBytes, timingSafeEqual } from 'node:crypto';

import { isRefusal, isSigned, LARGEST_BODY, readClaim } from '../../nodes/ClerkTrigger/signature';
import { keysOf } from '../../credentials/webhookSecret';
import { judges, openTrigger, secretOf, signedBySvix, signedByStandard } from '../support/webhook';

jest.mock('node:crypto', () => {
	const real = jest.requireActual('node:crypto');
	return { ...real, timingSafeEqual: jest.fn(real.timingSafeEqual) };
});

const SECRET = secretOf(1);
const OTHER = secretOf(2);
const EVENT = { type: 'user.created', object: 'event', data: { id: 'user_1', object: 'user' } };
const MINUTE = 60_000;

type Delivery = ReturnType<typeof signedBySvix>;

const verify = ({ body, headers }: { body: string | Buffer; headers: Record<string, string> }) => {
	const claim = readClaim({ headers, body: Buffer.from(body) }, Date.now());
	return !isRefusal(claim) && isSigned(claim, keysOf(SECRET));
};

const flipped = (text: string, at: number): string =>
	text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);

const withHeader = (delivery: Delivery, name: string, value: string | undefined) => ({
	...delivery,
	headers: { ...delivery.headers, [name]: value as string },
});

describe('hostile requests start nothing', () => {
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
		['of in six minutes', () => signedBySvix(SECRET, EVENT, { at: Date.now() + 6 * MINUTE })],
		['with a timestamp in words', () => withHeader(genuine(), 'svix-timestamp', 'now')],
		['with a negative timestamp', () => withHeader(genuine(), 'svix-timestamp', '-1')],
		['with a timestamp that is not a number', () => withHeader(genuine(), 'svix-timestamp', 'NaN')],
		[
			'with zeros before the timestamp',
			() => withHeader(genuine(), 'svix-timestamp', `0${genuine().headers['svix-timestamp']}`),
		],
		['with an empty body', () => ({ ...genuine(), body: '' })],
		['compressed', () => withHeader(genuine(), 'content-encoding', 'gzip')],
	])('%s', async (_, make) => {
		const { receive } = openTrigger();
		expect(await receive(make())).toMatchObject({ started: false, status: 401 });
	});

	it('whichever byte of body, id, timestamp or signature was changed', async () => {
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

	it('with the last character of the signature written another way', async () => {
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

	it.each(['svix-id', 'svix-timestamp', 'svix-signature'])('with %s twice', async (name) => {
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
	});

	it('whose bytes n8n did not keep, as of multipart', async () => {
		const { receive } = openTrigger();
		expect(await receive({ ...genuine(), body: undefined })).toMatchObject({
			started: false,
			status: 401,
		});
	});

	it('with a body of more than 5 MiB, even a signed one', async () => {
		const { receive } = openTrigger();
		const delivery = signedBySvix(SECRET, { ...EVENT, filler: 'x'.repeat(LARGEST_BODY) });
		expect(await receive(delivery)).toMatchObject({ started: false, status: 413 });
	});

	it('10,000 of random bytes', async () => {
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

	it('whoever knows the empty key, when the secret in the credential is none', async () => {
		const { receive } = openTrigger({ secret: 'whsec_' });
		expect(await receive(genuine())).toMatchObject({ started: false, status: 500 });
	});
});

describe('genuine deliveries', () => {
	it('start the workflow, when signed by svix and by standardwebhooks', async () => {
		const { receive, warnings } = openTrigger();
		expect((await receive(signedBySvix(SECRET, EVENT))).started).toBe(true);
		expect((await receive(signedByStandard(SECRET, EVENT))).started).toBe(true);
		expect(warnings).toEqual([]);
	});

	it.each([-295_000, 0, 295_000])('are in time %d ms from now', async (offset) => {
		const { receive } = openTrigger();
		const delivery = signedBySvix(SECRET, EVENT, { at: Date.now() + offset });
		expect((await receive(delivery)).started).toBe(true);
	});

	it('pass to the second of the five minutes', () => {
		const at = 1_700_000_000_000;
		const { body, headers } = signedBySvix(SECRET, EVENT, { at });
		const claim = (now: number) => readClaim({ headers, body: Buffer.from(body) }, now);
		expect(isRefusal(claim(at + 300_999))).toBe(false);
		expect(isRefusal(claim(at + 301_000))).toBe(true);
		expect(isRefusal(claim(at - 300_000))).toBe(false);
		expect(isRefusal(claim(at - 300_001))).toBe(true);
	});

	it('may carry several signatures, of which one is right', async () => {
		const { receive } = openTrigger();
		const ours = signedBySvix(SECRET, EVENT);
		const theirs = signedBySvix(OTHER, EVENT).headers['svix-signature'];
		const several = `v1a,${'A'.repeat(86)}== ${theirs} ${ours.headers['svix-signature']} v2,x`;
		expect((await receive(withHeader(ours, 'svix-signature', several))).started).toBe(true);
	});

	it.each([
		`${OTHER} ${SECRET}`,
		`${SECRET},${OTHER}`,
		`${OTHER}${SECRET}`,
		`\n${OTHER}\n${SECRET}\n`,
	])('pass both secrets while one is rotated', async (secret) => {
		const { receive } = openTrigger({ secret });
		expect((await receive(signedBySvix(SECRET, EVENT))).started).toBe(true);
		expect((await receive(signedBySvix(OTHER, EVENT))).started).toBe(true);
		expect((await receive(signedBySvix(secretOf(3), EVENT))).started).toBe(false);
	});

	it('are verified by their bytes, however the JSON is written and whatever it says', async () => {
		const { receive } = openTrigger();
		const text = `{ "type":"user.created" ,\n"data":{"id":"user_1","n":1.0,"first_name":"Žofie 日本 🦉 \\u0000"}}\n`;
		expect(await receive(signedBySvix(SECRET, text))).toMatchObject({
			started: true,
			json: { firstName: 'Žofie 日本 🦉 \u0000' },
		});
	});

	it.each(['text/plain', 'application/octet-stream', 'application/xml', undefined])(
		'pass with the content type %s',
		async (type) => {
			const { receive } = openTrigger();
			const delivery = withHeader(signedBySvix(SECRET, EVENT), 'content-type', type);
			expect((await receive(delivery)).started).toBe(true);
		},
	);

	it('of 4 MB pass', async () => {
		const { receive } = openTrigger();
		const data = { ...EVENT.data, public_metadata: { long: '日'.repeat(1_400_000) } };
		expect((await receive(signedBySvix(SECRET, { ...EVENT, data }))).started).toBe(true);
	});

	it.each(['"user.created"', '[]', 'null', '{}', '{"type":""}', '{"type":1}', 'no JSON'])(
		'that are no event start nothing: %s',
		async (text) => {
			const { receive } = openTrigger();
			expect(await receive(signedBySvix(SECRET, text))).toMatchObject({
				started: false,
				status: 400,
			});
		},
	);
});

describe('against the real libraries', () => {
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

	it('says what they say, of 600 deliveries', () => {
		let genuine = 0;
		for (let count = 0; count < 600; count++) {
			const at = Date.now() + ((count % 5) - 2) * 4 * MINUTE;
			const secret = count % 7 === 0 ? OTHER : SECRET;
			const payload = { ...EVENT, random: randomBytes(count).toString('utf8') };
			const made = signedBySvix(secret, payload, { at, id: `msg_${count}` });
			const delivery = changes[count % changes.length](made);
			const { svix, standard } = judges(SECRET, delivery.body, delivery.headers);
			const ours = verify(delivery);
			expect({ ours, standard }).toEqual({ ours: svix, standard: svix });
			genuine += Number(ours);
		}
		expect(genuine).toBeGreaterThan(50);
		expect(genuine).toBeLessThan(550);
	});
});

describe('constant time', () => {
	it('holds every signature against every key, also after one was right', () => {
		const { body, headers } = signedBySvix(SECRET, EVENT);
		const wrong = `v1,${'A'.repeat(43)}=`;
		const signatures = `${headers['svix-signature']} ${wrong} ${wrong}`;
		const claim = readClaim(
			{ headers: { ...headers, 'svix-signature': signatures }, body: Buffer.from(body) },
			Date.now(),
		);
		jest.mocked(timingSafeEqual).mockClear();
		expect(isRefusal(claim) || isSigned(claim, keysOf(`${SECRET} ${OTHER}`))).toBe(true);
		expect(timingSafeEqual).toHaveBeenCalledTimes(6);
	});
});
