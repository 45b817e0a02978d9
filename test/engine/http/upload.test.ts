import { fakeClock } from '../../support/fakeClock';
import fc from 'fast-check';

import { multipart, Upload } from '../../../nodes/Clerk/engine/http/upload';
import { InvalidInputError } from '../../../nodes/Clerk/engine/operation';
import { binaryFile, hostOf, storedFile } from '../../support/host';
import { response, credential, errorResponse, run } from '../../support/scripted';
import type { Respond, Sent } from '../../support/scripted';

beforeEach(async () => await fakeClock.wait(3_600_000));

type FileContent = Parameters<typeof binaryFile>[0];

const MB = 1024 ** 2;
const RULES = { types: ['image/png', 'image/webp'], maxBytes: 2 * MB };

/** The two ways in which n8n keeps a file (docs/n8n-notes.md, 19). */
const STORAGES = { 'in memory': binaryFile, 'in a storage': storedFile };

/** The first bytes of files, as programs write them. */
const CONTENTS: Record<string, Buffer> = Object.fromEntries(
	Object.entries({
		'image/png': '\x89PNG\r\n\x1a\n\0\0\0\rIHDR',
		'image/jpeg': '\xff\xd8\xff\xe0\0\x10JFIF\0',
		'image/gif': 'GIF89a\x01\0\x01\0',
		'image/webp': 'RIFF\x24\0\0\nWEBPVP8 ',
		'image/avif': '\0\0\0\x1cftypavif\0\0\0\0',
		'image/heic': '\0\0\0\x18ftypheic\0\0\0\0',
		'image/svg+xml': '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>',
		'application/pdf': '%PDF-1.7\n',
		text: 'RIFF is no WEBP, and GIF89 is no GIF',
	}).map(([type, start]) => [type, Buffer.from(start, 'latin1')]),
);

const itemWith = (file: FileContent, property = 'data', keep = binaryFile) => ({
	json: {},
	binary: { [property]: keep(file) },
});

const picture = (words: Partial<FileContent> = {}): FileContent => ({
	fileName: 'ada.png',
	mimeType: 'image/png',
	content: 'pixels',
	...words,
});

const uploadOf = (file: FileContent, keep = binaryFile) => {
	const host = hostOf({ credential, parameters: {}, items: [itemWith(file, 'data', keep)] });
	return new Upload(host as never, 0, 'data', 'Input Binary Field', RULES);
};

/** Parses a body with Node's own reader. */
const parseBody = async ({ body, contentType }: { body: Buffer; contentType: string }) =>
	await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();

describe('multipart', () => {
	it('encodes a file byte by byte, and the fields beside it', async () => {
		const content = Buffer.from(Array.from({ length: 1_024 }, (_, index) => index % 256));
		const form = await parseBody(
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
	])('escapes the file name %j', async (fileName) => {
		const form = await parseBody(await multipart({ file: uploadOf(picture({ fileName })) }));
		expect([...form.keys()]).toEqual(['file']);
		const file = form.get('file') as File;
		expect([file.name, file.type, await file.text()]).toEqual([fileName, 'image/png', 'pixels']);
	});

	it('encodes any text', async () => {
		const text = fc.string({ unit: 'binary' });
		await fc.assert(
			fc.asyncProperty(text, text, async (content, value) => {
				const form = await parseBody(
					await multipart({ file: uploadOf(picture({ content: `.${content}` })), value }),
				);
				expect(await (form.get('file') as File).text()).toBe(`.${content}`);
				expect(form.get('value')).toBe(value);
			}),
		);
	});

	it('uses another boundary each time', async () => {
		const [one, other] = [await multipart({ a: 1 }), await multipart({ a: 1 })];
		expect(one.contentType).not.toBe(other.contentType);
	});

	it('calls a file without a name "file"', async () => {
		const form = await parseBody(
			await multipart({ file: uploadOf(picture({ fileName: undefined })) }),
		);
		expect((form.get('file') as File).name).toBe('file');
	});
});

describe('Upload', () => {
	it.each(['image/svg+xml', 'application/pdf', 'text/html'])('rejects the type %j', (mimeType) => {
		expect(() => uploadOf(picture({ mimeType }))).toThrow(InvalidInputError);
		expect(() => uploadOf(picture({ mimeType }))).toThrow(
			`Input Binary Field is ${mimeType}, but Clerk takes image/png, image/webp`,
		);
	});

	it.each([
		['image/png', 'IMAGE/PNG'],
		['image/png', 'image/x-png'],
		['image/png', ' image/png; charset=binary'],
		['image/webp', 'Image/WebP;q=1'],
	])('takes %s from %j', async (type, mimeType) => {
		const upload = uploadOf(picture({ mimeType }));
		await upload.check();
		expect(upload.mimeType).toBe(type);
		const form = await parseBody(await multipart({ file: upload }));
		expect((form.get('file') as File).type).toBe(type);
	});

	it.each(['image/jpg', 'image/pjpeg', 'IMAGE/JPG; charset=UTF-8'])('reads %j as JPEG', (type) => {
		expect(() => uploadOf(picture({ mimeType: type }))).toThrow('is image/jpeg, but Clerk takes');
	});

	it('takes the type that is stated at its word', async () => {
		const upload = uploadOf(picture({ content: CONTENTS['image/webp'] }));
		await upload.check();
		expect(upload.mimeType).toBe('image/png');
	});

	describe.each(Object.entries(STORAGES))('of a file of a general type, kept %s', (_, keep) => {
		const GENERAL = [
			...['application/octet-stream', 'APPLICATION/OCTET-STREAM; charset=binary', 'image/*'],
			...['binary/octet-stream', '*/*', 'png', '', 'x/image/png', 'image/png/x'],
		];

		it.each(GENERAL)('tells the type of %j by its content', async (mimeType) => {
			for (const type of RULES.types) {
				const upload = uploadOf(picture({ mimeType, content: CONTENTS[type] }), keep);
				await upload.check();
				expect(upload.mimeType).toBe(type);
				expect(upload.toJSON().mimeType).toBe(type);
			}
		});

		it.each([
			['image/heic', 'is image/heic by its content, but Clerk takes image/png, image/webp'],
			['image/gif', 'is image/gif by its content, but'],
			['image/jpeg', 'is image/jpeg by its content, but'],
			['image/avif', 'is image/avif by its content, but'],
			['image/svg+xml', 'is image/svg+xml by its content, but'],
			['application/pdf', 'is application/pdf by its content, but'],
			['text', 'has no type, and its content has no known type, but Clerk takes'],
		])('rejects one that holds %s', async (content, message) => {
			const file = picture({ mimeType: 'application/octet-stream', content: CONTENTS[content] });
			await expect(uploadOf(file, keep).check()).rejects.toThrow(`Input Binary Field ${message}`);
		});

		it('rejects one that is too large without reading it', async () => {
			const content = Buffer.concat([CONTENTS['image/png'], Buffer.alloc(2 * MB)]);
			const upload = uploadOf(picture({ mimeType: '', content }), keep);
			const reading = jest.spyOn(upload, 'read');
			await expect(upload.check()).rejects.toThrow('but Clerk takes at most 2.0 MB');
			expect(reading).not.toHaveBeenCalled();
		});
	});

	it('takes a file that a Code node made without a type', async () => {
		const { mimeType, ...file } = binaryFile(picture({ content: CONTENTS['image/png'] }));
		expect(mimeType).toBeDefined();
		const upload = uploadOf(picture(), () => file as never);
		await upload.check();
		expect(upload.mimeType).toBe('image/png');
	});

	it('rejects the name of a field that the item does not have', () => {
		const host = hostOf({ credential, parameters: {}, items: [itemWith(picture(), 'other')] });
		expect(() => new Upload(host as never, 0, 'data', 'Input Binary Field', RULES)).toThrow(
			'Input Binary Field names no file: the item has no binary field "data"',
		);
	});

	describe.each(Object.entries(STORAGES))('of a file kept %s', (_, keep) => {
		it.each([
			[2 * MB, undefined],
			[2 * MB + 1, 'has 2.1 MB, but Clerk takes at most 2.0 MB'],
			[5 * MB, 'has 5.0 MB, but Clerk takes at most 2.0 MB'],
			[0, 'is an empty file'],
		])('checks the size of %i bytes: %s', async (size, message) => {
			const upload = uploadOf(picture({ content: Buffer.alloc(size) }), keep);
			const checking = upload.check();
			if (message) await expect(checking).rejects.toThrow(message);
			else expect((await upload.read()).length).toBe(size);
		});
	});

	it('rejects a file that is no longer stored', async () => {
		const upload = uploadOf(picture(), () => ({
			id: 'filesystem-v2:deleted',
			...binaryFile(picture()),
		}));
		await expect(upload.check()).rejects.toThrow(
			'Input Binary Field names a file that n8n cannot read from its storage',
		);
	});

	it('rejects a file that was emptied between check and read', async () => {
		const file = binaryFile(picture());
		const upload = uploadOf(picture(), () => file);
		await upload.check();
		file.data = '';
		await expect(upload.read()).rejects.toThrow('is an empty file');
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

const found: Respond = () => response(200, { id: 'user_1', has_image: true });

const contentTypeOf = ({ headers }: Sent) => String(headers?.['Content-Type']);

describe('an operation with a file', () => {
	it('sends the file of each item', async () => {
		const items = ['one', 'two'].map((content) => itemWith(picture({ content })));
		const { sent, lines, json } = await run({ parameters: [setImage(), setImage()], items }, found);
		expect(lines).toEqual(Array(2).fill('POST /users/user_1/profile_image'));
		const contents = await Promise.all(
			sent.map(async (call) => {
				const form = await parseBody({
					body: call.body as Buffer,
					contentType: contentTypeOf(call),
				});
				return await (form.get('file') as File).text();
			}),
		);
		expect(contents).toEqual(['one', 'two']);
		expect(json[0]).toMatchObject({ id: 'user_1', hasImage: true, success: true });
	});

	it('looks at no further file, and sends nothing, once the execution is stopped', async () => {
		const stop = new AbortController();
		const check = jest.spyOn(Upload.prototype, 'check').mockImplementation(async () => {
			if (check.mock.calls.length === 3) stop.abort();
			return await Promise.resolve();
		});
		const parameters = Array.from({ length: 200 }, () => setImage());
		const items = parameters.map(() => itemWith(picture()));
		const { fault, sent } = await run({ parameters, items, signal: stop.signal }, found);
		const looked = check.mock.calls.length;
		check.mockRestore();
		expect(fault.message).toContain('The execution was stopped');
		expect(sent).toEqual([]);
		expect(looked).toBeLessThan(100);
	});

	it('reads the file again for a retry', async () => {
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
			(_, count) => (count === 0 ? errorResponse(503, []) : response(200, { id: 'org_1' })),
		);
		expect(sent).toHaveLength(2);
		for (const call of sent) {
			const form = await parseBody({ body: call.body as Buffer, contentType: contentTypeOf(call) });
			expect(await (form.get('file') as File).text()).toBe('pixels');
		}
	});

	it.each([
		['of another type', { mimeType: 'image/svg+xml' }, 'is image/svg+xml, but Clerk takes'],
		['that is too large', { content: Buffer.alloc(11 * MB) }, 'but Clerk takes at most 10.0 MB'],
		['that is empty', { content: '' }, 'is an empty file'],
	])('rejects a file %s', async (_, words, message) => {
		const items = [itemWith(picture(words))];
		const { fault, sent } = await run({ parameters: setImage(), items }, found);
		expect([fault?.message, sent]).toEqual([expect.stringContaining(message), []]);
		expect(fault?.message).toContain('Input Binary Field');
	});

	it.each(['__proto__', 'toString', 'constructor', 'photo', 'data.x'])(
		'rejects the field name %j when the item has no such file',
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

	it.each([
		[null, 'is empty'],
		[7, 'needs the name of a binary field such as data, but got number'],
		[[1], 'needs the name of a binary field such as data, but got object'],
		[{ type: 'image/png' }, 'needs the name of a binary field such as data, but got object'],
	])('rejects %j from an expression', async (binaryPropertyName, message) => {
		const { fault, sent } = await run({ parameters: [setImage({ binaryPropertyName })] }, found);
		expect([fault?.message, sent]).toEqual([
			expect.stringContaining(`Input Binary Field ${message}`),
			[],
		]);
	});

	it('explains what to do when an expression sees a file without its data', async () => {
		const parameters = [setImage({ binaryPropertyName: { mimeType: 'image/png' } })];
		const { fault, sent } = await run({ parameters }, found);
		expect([fault?.message, sent]).toEqual([
			expect.stringMatching(/^Input Binary Field got a file .* enter the name of its binary field/),
			[],
		]);
	});

	it.each(Object.entries(STORAGES))(
		'accepts a file from an expression, kept %s',
		async (_, keep) => {
			const { sent } = await run(
				{ parameters: [setImage({ binaryPropertyName: keep(picture()) })] },
				found,
			);
			const [{ body, headers }] = sent;
			const form = await parseBody({
				body: body as Buffer,
				contentType: String(headers?.['Content-Type']),
			});
			expect(await (form.get('file') as File).text()).toBe('pixels');
		},
	);

	describe.each(Object.entries(STORAGES))(
		'with a bad second of three files, kept %s',
		(_, keep) => {
			const good = itemWith(picture(), 'data', keep);
			const bad = (words: Partial<FileContent>) => itemWith(picture(words), 'data', keep);
			const runWith = async (second: typeof good, options = {}, continueOnFail = false) => {
				const parameters = Array(3).fill(setImage({ options }));
				return await run({ parameters, items: [good, second, good], continueOnFail }, found);
			};

			const BAD: Array<[message: string, item: typeof good]> = [
				['names no file', itemWith(picture(), 'other', keep)],
				['is image/svg+xml, but Clerk takes image/jpeg', bad({ mimeType: 'image/svg+xml' })],
				['is an empty file', bad({ content: '' })],
				[
					'has 10.1 MB, but Clerk takes at most 10.0 MB',
					bad({ content: Buffer.alloc(10 * MB + 1) }),
				],
			];

			it.each(BAD)('sends nothing: %s', async (message, second) => {
				const { fault, sent } = await runWith(second);
				expect(fault.message).toMatch(/^Input Binary Field .* \[item 1\]$/);
				expect(fault.message).toContain(message);
				expect(fault.description).toContain('No other item was carried out');
				expect(sent).toEqual([]);
			});

			it.each(BAD)('fails only that item with continue on fail: %s', async (message, second) => {
				const { json, sent } = await runWith(second, {}, true);
				expect(json).toMatchObject([
					{ id: 'user_1' },
					{ error: expect.stringContaining(message) },
					{ id: 'user_1' },
				]);
				expect(sent).toHaveLength(2);
			});

			it.each(BAD)('rejects it in a dry run: %s', async (message, second) => {
				const { fault, sent } = await runWith(second, { dryRun: true });
				expect([fault?.message, sent]).toEqual([expect.stringContaining(message), []]);
			});
		},
	);

	it('leaves out an empty field beside the file, also in a dry run', async () => {
		const setLogo = (options: object) => ({
			resource: 'organization',
			operation: 'setLogo',
			organizationId: { __rl: true, mode: 'id', value: 'org_1' },
			binaryPropertyName: 'data',
			updateFields: { uploaderUserId: { __rl: true, mode: 'id', value: '' } },
			options,
		});
		const items = [itemWith(picture())];
		const { sent } = await run({ parameters: setLogo({}), items }, found);
		expect(String(sent[0].body)).not.toContain('uploader_user_id');
		const { json } = await run({ parameters: setLogo({ dryRun: true }), items }, found);
		expect(Object.keys(json[0].body as object)).toEqual(['file']);
	});

	it('shows name and type of the file in a dry run, without its bytes', async () => {
		const { json, sent } = await run(
			{ parameters: setImage({ options: { dryRun: true } }), items: [itemWith(picture())] },
			found,
		);
		expect(sent.map(({ method }) => method)).toEqual(['GET']);
		expect(json).toEqual([
			{
				summary: expect.stringMatching(/^Would /),
				dryRun: true,
				method: 'POST',
				path: '/users/user_1/profile_image',
				body: { file: { fileName: 'ada.png', mimeType: 'image/png' } },
			},
		]);
	});
});
