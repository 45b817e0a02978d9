import { startClerk } from '../../sandbox/clerk';
import type { Clerk } from '../../sandbox/clerk';
import { callerOf, openApiDocument } from '../support/openapi';

const document = openApiDocument();
const MB = 1024 * 1024;

describe('uploads', () => {
	let clerk: Clerk;
	let call: ReturnType<typeof callerOf>;
	let picture: string;
	let logo: string;

	beforeEach(async () => {
		clerk = await startClerk({ rateLimit: false });
		call = callerOf(clerk, document);
		picture = `/users/${clerk.state.users.rows[0]?.id}/profile_image`;
		logo = `/organizations/${clerk.state.organizations.rows[0]?.id}/logo`;
	});

	afterEach(async () => await clerk.close());

	/** Bytes that a parser which looks for text stumbles over. */
	const bytes = Buffer.from([0x89, 0x50, 0x0d, 0x0a, 0x2d, 0x2d, 0x0d, 0x0a, 0x0d, 0x0a, 0, 0xff]);
	const formOf = (content: Uint8Array, type: string, name = 'im"age ü.png') => {
		const form = new FormData();
		form.set('uploader_user_id', clerk.state.users.rows[1]?.id ?? '');
		form.set('file', new Blob([content], { type }), name);
		return form;
	};
	const responseOf = ({
		status,
		body,
	}: {
		status: number;
		body: { errors?: { code: string }[] };
	}) => [status, body.errors?.[0]?.code];

	it('are stored byte by byte, shown and deleted', async () => {
		const { body } = await call(`POST ${picture}`, { body: formOf(bytes, 'image/png') });
		expect(body.has_image).toBe(true);
		const [image] = clerk.state.images.rows;
		expect(image).toMatchObject({ type: 'image/png', filename: expect.stringContaining('ü.png') });
		expect(image?.bytes.equals(bytes)).toBe(true);
		expect(clerk.requests.at(-1)?.body).toMatchObject({
			file: { type: 'image/png', size: bytes.length },
		});

		const again = await call(`POST ${picture}`, { body: formOf(bytes, 'image/gif') });
		expect(again.body.image_url).not.toBe(body.image_url);
		expect(clerk.state.images.size).toBe(1);
		expect((await call(`DELETE ${picture}`)).body.has_image).toBe(false);
		expect(clerk.state.images.size).toBe(0);
		expect(responseOf(await call(`DELETE ${picture}`))).toEqual([404, 'image_not_found']);
	});

	it('are logos too', async () => {
		const { body } = await call(`PUT ${logo}`, { body: formOf(bytes, 'image/webp') });
		expect(body).toMatchObject({ has_image: true, logo_url: body.image_url });
		expect(clerk.state.images.rows[0]?.uploader_user_id).toBe(clerk.state.users.rows[1]?.id);
		const path = `GET ${logo.replace(/\/logo$/, '')}`;
		expect((await call(path)).body.image_url).toBe(body.image_url);
		await call(`DELETE ${logo}`);
		expect((await call(path)).body.has_image).toBe(false);
	});

	it.each([
		['text', 'text/plain', 4, [400, 'image_type_not_supported']],
		['SVG', 'image/svg+xml', 4, [400, 'image_type_not_supported']],
		['ten megabytes', 'image/png', 10 * MB, [200, undefined]],
		['a byte more', 'image/png', 10 * MB + 1, [413, 'image_too_large']],
	])('of %s', async (_, type, size, expected) => {
		const form = () => formOf(new Uint8Array(size), type);
		expect(responseOf(await call(`POST ${picture}`, { body: form() }))).toEqual(expected);
		expect(responseOf(await call(`PUT ${logo}`, { body: form() }))).toEqual(expected);
	});

	it('need a file', async () => {
		const form = new FormData();
		form.set('file', 'not a file');
		expect(responseOf(await call(`POST ${picture}`, { body: form }))).toEqual([
			400,
			'form_param_missing',
		]);
	});

	it('are forms, and nothing else is', async () => {
		const json = await call(`POST ${picture}`, { body: { file: 'x' } });
		const form = await call('POST /users', { body: formOf(bytes, 'image/png') });
		expect([json.status, form.status]).toEqual([415, 415]);
	});

	it.each([
		['without its end', 'x', '--x\r\ncontent-disposition: form-data; name="file"\r\n\r\nabc'],
		['without a header', 'x', '--x\r\nabc\r\n--x--\r\n'],
		['without a name', 'x', '--x\r\ncontent-type: image/png\r\n\r\nabc\r\n--x--\r\n'],
		['with another boundary', 'y', '--x\r\n\r\nabc\r\n--x--\r\n'],
	])('that are broken are refused: %s', async (_, boundary, body) => {
		const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` };
		expect(responseOf(await call(`POST ${picture}`, { body, headers }))).toEqual([
			400,
			'request_body_invalid',
		]);
	});
});
