import fc from 'fast-check';

import { realClock } from '../../nodes/Clerk/engine/clock';
import { InvalidInput } from '../../nodes/Clerk/engine/input';
import { multipart, Upload } from '../../nodes/Clerk/engine/upload';
import { binaryFile, hostOf } from '../support/host';
import { answer, credential, refusal, run } from '../support/scripted';
import type { Answer, Sent } from '../support/scripted';

jest.mock('../../nodes/Clerk/engine/clock', () => ({
	realClock: jest
		.requireActual<typeof import('../support/clock')>('../support/clock')
		.createClock({ automatic: true }),
}));

beforeEach(async () => await realClock.wait(3_600_000));

type Given = Parameters<typeof binaryFile>[0];

const MB = 1024 ** 2;
const RULES = { types: ['image/png', 'image/webp'], maxBytes: 2 * MB };

const itemWith = (file: Given, property = 'data') => ({
	json: {},
	binary: { [property]: binaryFile(file) },
});

const picture = (words: Partial<Given> = {}): Given => ({
	fileName: 'ada.png',
	mimeType: 'image/png',
	content: 'pixels',
	...words,
});

const uploadOf = (file: Given) => {
	const host = hostOf({ credential, parameters: {}, items: [itemWith(file)] });
	return new Upload(host as never, 0, 'data', 'Input Binary Field', RULES);
};

/** What Node's own reader finds in a body, which is not ours. */
const readBack = async ({ body, contentType }: { body: Buffer; contentType: string }) =>
	await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();

describe('a multipart body', () => {
	it('holds the file, byte by byte, and the fields beside it', async () => {
		const content = Buffer.from(Array.from({ length: 1_024 }, (_, index) => index % 256));
		const form = await readBack(
			await multipart({ file: uploadOf(picture({ content })), uploader_user_id: 'user_1' }),
		);
		expect([...form.keys()]).toEqual(['file', 'uploader_user_id']);
		const file = form.get('file') as File;
		expect([file.name, file.type]).toEqual(['ada.png', 'image/png']);
		expect(Buffer.from(await file.arrayBuffer())).toEqual(content);
		expect(form.get('uploader_user_id')).toBe('user_1');
	});

	it.each([
		'say "cheese".png',
		'two\r\nlines.png',
		'x.png"\r\nContent-Type: text/html\r\n\r\n<b>',
		'Übergröße 🦀.png',
		'back\\slash; filename="other.png',
	])('keeps the file name %j in its place', async (fileName) => {
		const form = await readBack(await multipart({ file: uploadOf(picture({ fileName })) }));
		expect([...form.keys()]).toEqual(['file']);
		const file = form.get('file') as File;
		expect([file.name, file.type, await file.text()]).toEqual([fileName, 'image/png', 'pixels']);
	});

	it('holds whatever text there is', async () => {
		const text = fc.string({ unit: 'binary' });
		await fc.assert(
			fc.asyncProperty(text, text, async (content, value) => {
				const form = await readBack(
					await multipart({ file: uploadOf(picture({ content: `.${content}` })), value }),
				);
				expect(await (form.get('file') as File).text()).toBe(`.${content}`);
				expect(form.get('value')).toBe(value);
			}),
		);
	});

	it('has a boundary of its own each time', async () => {
		const [one, other] = [await multipart({ a: 1 }), await multipart({ a: 1 })];
		expect(one.contentType).not.toBe(other.contentType);
	});

	it('names a file that has no name', async () => {
		const form = await readBack(
			await multipart({ file: uploadOf(picture({ fileName: undefined })) }),
		);
		expect((form.get('file') as File).name).toBe('file');
	});
});

describe('a file that Clerk would refuse', () => {
	it.each(['image/svg+xml', 'application/pdf', 'text/html', ''])(
		'is refused for its type %j',
		(mimeType) => {
			expect(() => uploadOf(picture({ mimeType }))).toThrow(InvalidInput);
			expect(() => uploadOf(picture({ mimeType }))).toThrow(
				`Input Binary Field is ${mimeType}, but Clerk takes image/png, image/webp`,
			);
		},
	);

	it('is refused when it is not there', () => {
		const host = hostOf({ credential, parameters: {}, items: [itemWith(picture(), 'other')] });
		expect(() => new Upload(host as never, 0, 'data', 'Input Binary Field', RULES)).toThrow(
			'Input Binary Field names no file: the item has no binary field "data"',
		);
	});

	it.each([
		[2 * MB, undefined],
		[2 * MB + 1, 'MB, but Clerk takes at most 2.0 MB'],
		[5 * MB, 'has 5.0 MB, but Clerk takes at most 2.0 MB'],
		[0, 'is an empty file'],
	])('is refused for its size of %i bytes: %s', async (size, complaint) => {
		const upload = uploadOf(picture({ content: Buffer.alloc(size) }));
		const reading = upload.read();
		if (complaint) await expect(reading).rejects.toThrow(complaint);
		else expect((await reading).length).toBe(size);
	});
});

const setImage = (words: Record<string, unknown> = {}) => ({
	resource: 'user',
	operation: 'setProfileImage',
	userId: { __rl: true, mode: 'id', value: 'user_1' },
	binaryPropertyName: 'data',
	options: {},
	...words,
});

const found: Answer = () => answer(200, { id: 'user_1', has_image: true });

const contentTypeOf = ({ headers }: Sent) => String(headers?.['Content-Type']);

describe('an operation that uploads', () => {
	it('sends the file of each item', async () => {
		const items = ['one', 'two'].map((content) => itemWith(picture({ content })));
		const { sent, lines, json } = await run({ parameters: [setImage(), setImage()], items }, found);
		expect(lines).toEqual(Array(2).fill('POST /users/user_1/profile_image'));
		const contents = await Promise.all(
			sent.map(async (call) => {
				const form = await readBack({
					body: call.body as Buffer,
					contentType: contentTypeOf(call),
				});
				return await (form.get('file') as File).text();
			}),
		);
		expect(contents).toEqual(['one', 'two']);
		expect(json[0]).toMatchObject({ id: 'user_1', hasImage: true, success: true });
	});

	it('reads it again when the request is repeated', async () => {
		const { sent } = await run(
			{
				parameters: {
					...setImage(),
					resource: 'organization',
					operation: 'setLogo',
					organizationId: { __rl: true, mode: 'id', value: 'org_1' },
				},
				items: [itemWith(picture())],
			},
			(_, count) => (count === 0 ? refusal(503, []) : answer(200, { id: 'org_1' })),
		);
		expect(sent).toHaveLength(2);
		for (const call of sent) {
			const form = await readBack({ body: call.body as Buffer, contentType: contentTypeOf(call) });
			expect(await (form.get('file') as File).text()).toBe('pixels');
		}
	});

	it.each([
		['of another type', { mimeType: 'image/svg+xml' }, 'is image/svg+xml, but Clerk takes'],
		['that is too large', { content: Buffer.alloc(11 * MB) }, 'but Clerk takes at most 10.0 MB'],
		['that is empty', { content: '' }, 'is an empty file'],
	])('sends no file %s', async (_, words, complaint) => {
		const items = [itemWith(picture(words))];
		const { fault, sent } = await run({ parameters: setImage(), items }, found);
		expect([fault?.message, sent]).toEqual([expect.stringContaining(complaint), []]);
		expect(fault?.message).toContain('Input Binary Field');
	});

	it.each(['__proto__', 'toString', 'constructor'])(
		'takes nothing for a file that is none: %j',
		async (binaryPropertyName) => {
			const { fault, sent } = await run(
				{ parameters: setImage({ binaryPropertyName }), items: [itemWith(picture())] },
				found,
			);
			expect([fault?.message, sent]).toEqual([expect.stringContaining('Input Binary Field'), []]);
		},
	);

	it.each(['photo', 'data.x'])(
		'sends nothing where the item has no file %j',
		async (binaryPropertyName) => {
			const { fault, sent } = await run(
				{ parameters: setImage({ binaryPropertyName }), items: [itemWith(picture())] },
				found,
			);
			expect([fault?.message, sent]).toEqual([
				expect.stringContaining(`the item has no binary field "${binaryPropertyName}"`),
				[],
			]);
		},
	);

	it('goes on with the other items, with continue on fail', async () => {
		const items = [
			{ json: {} },
			itemWith(picture({ content: Buffer.alloc(11 * MB) })),
			itemWith(picture()),
		];
		const { json, lines } = await run(
			{ parameters: [setImage(), setImage(), setImage()], items, continueOnFail: true },
			found,
		);
		expect(lines).toHaveLength(1);
		expect(json[0].error).toContain('names no file');
		expect(json[1].error).toContain('11.0 MB');
		expect(json[2]).toMatchObject({ id: 'user_1' });
	});

	it('shows the name and the type of the file in a dry run, and not its bytes', async () => {
		const { json, sent } = await run(
			{ parameters: setImage({ options: { dryRun: true } }), items: [itemWith(picture())] },
			found,
		);
		expect(sent).toEqual([]);
		expect(json).toEqual([
			{
				dryRun: true,
				method: 'POST',
				path: '/users/user_1/profile_image',
				body: { file: { fileName: 'ada.png', mimeType: 'image/png' } },
			},
		]);
	});
});
