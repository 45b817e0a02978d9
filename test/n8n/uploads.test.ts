import { openN8n, startClerk } from './support';
import { startFiles } from '../support/files';

const MB = 1024 ** 2;

/** Every byte there is, line breaks and what looks like a boundary among them. */
const bytesOf = (label: string, length = 5_000) =>
	Buffer.concat([
		Buffer.from(`\x89PNG\r\n\x1a\n--${label}--\r\n\r\n`, 'latin1'),
		Buffer.from(Array.from({ length }, (_, at) => (at * 7) % 256)),
	]);

const PICTURES = {
	'ada.png': { type: 'image/png', bytes: bytesOf('ada') },
	'große "Wes" 🦀.webp': { type: 'image/webp', bytes: bytesOf('wes') },
	'exactly ten.gif': { type: 'image/gif', bytes: Buffer.alloc(10 * MB, 'x') },
};

const FILES = {
	...PICTURES,
	'one byte more.gif': { type: 'image/gif', bytes: Buffer.alloc(10 * MB + 1, 'x') },
	'empty.png': { type: 'image/png', bytes: Buffer.alloc(0) },
	'drawing.svg': { type: 'image/svg+xml', bytes: Buffer.from('<svg/>') },
};

const id = (value: string) => ({ __rl: true, mode: 'id', value });

const download = {
	name: 'Download',
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.2,
	parameters: {
		url: '={{ $json.url }}',
		options: { response: { response: { responseFormat: 'file' } } },
	},
};

const toFile = {
	name: 'To File',
	type: 'n8n-nodes-base.convertToFile',
	typeVersion: 1.1,
	parameters: {
		operation: 'toBinary',
		sourceProperty: 'base64',
		binaryPropertyName: 'picture',
		options: { fileName: '={{ $json.name }}', mimeType: '={{ $json.type }}' },
	},
};

const setProfileImage = {
	resource: 'user',
	operation: 'setProfileImage',
	userId: id("={{ $('Items').item.json.user }}"),
	binaryPropertyName: 'data',
};

describe('uploads, in a real n8n', () => {
	let clerk: Awaited<ReturnType<typeof startClerk>>;
	let n8n: Awaited<ReturnType<typeof openN8n>>;
	let files: Awaited<ReturnType<typeof startFiles>>;
	let users: string[];

	beforeAll(async () => {
		clerk = await startClerk({ seed: 'company' });
		n8n = await openN8n(clerk);
		files = await startFiles(FILES);
		users = clerk.state.users.rows.slice(0, 3).map((user) => user.id);
	});

	beforeEach(() => clerk.requests.splice(0));

	afterAll(async () => {
		await files.close();
		await clerk.close();
	});

	/** The items of a workflow that gives each user one of the files. */
	const itemsWith = (names: string[]) =>
		names.map((name, at) => ({ user: users[at], url: files.urlOf(name) }));

	it('sends what n8n downloaded as Clerk takes it, byte for byte', async () => {
		const names = Object.keys(PICTURES);
		const { status, items } = await n8n.runClerk(setProfileImage, itemsWith(names), [download]);

		expect(status).toBe('success');
		expect(clerk.requests).toHaveLength(3);
		for (const { headers, rawBody } of clerk.requests) {
			const [, boundary] = /^multipart\/form-data; boundary=(\S+)$/.exec(
				String(headers['content-type']),
			) ?? [undefined, 'none'];
			expect(rawBody.split(`--${boundary}`)).toHaveLength(3);
			expect(headers['content-length']).toBe(String(rawBody.length));
		}
		for (const [at, [, { type, bytes }]] of Object.entries(PICTURES).entries()) {
			const request = clerk.requests.find(({ path }) => path.includes(users[at]));
			expect(request).toMatchObject({ method: 'POST', path: `/users/${users[at]}/profile_image` });
			expect(Object.keys(request?.body as object)).toEqual(['file']);
			const imageId = clerk.state.users.get(users[at])?.profile_image_id;
			const image = clerk.state.images.get(String(imageId));
			expect(image?.type).toBe(type);
			expect(image?.bytes.equals(bytes)).toBe(true);
			expect(items[at]).toMatchObject({
				json: {
					id: users[at],
					hasImage: true,
					imageUrl: `https://img.clerk.com/${imageId}`,
					success: true,
				},
				pairedItem: { item: at },
			});
		}
	});

	it('sends the file that another node made, under its name, and the fields beside it', async () => {
		const [name, { type, bytes }] = Object.entries(PICTURES)[1];
		const [organization] = clerk.state.organizations.rows;
		const setLogo = {
			resource: 'organization',
			operation: 'setLogo',
			organizationId: id(organization.id),
			binaryPropertyName: 'picture',
			updateFields: { uploaderUserId: id(users[0]) },
		};
		const input = [{ name, type, base64: bytes.toString('base64') }];
		const { status, json } = await n8n.runClerk(setLogo, input, [toFile]);

		expect(status).toBe('success');
		expect(clerk.requests).toMatchObject([
			{
				method: 'PUT',
				path: `/organizations/${organization.id}/logo`,
				body: { file: { filename: expect.any(String), type }, uploader_user_id: users[0] },
			},
		]);
		const imageId = clerk.state.organizations.get(organization.id)?.image_id;
		const image = clerk.state.images.get(String(imageId));
		expect(decodeURIComponent(String(image?.filename))).toBe(name);
		expect(image).toMatchObject({ type, uploader_user_id: users[0] });
		expect(image?.bytes.equals(bytes)).toBe(true);
		expect(json).toMatchObject([{ imageUrl: expect.stringContaining(String(imageId)) }]);
	});

	it.each([
		'application/octet-stream',
		'binary/octet-stream',
		'image/jpg',
		'IMAGE/JPEG; charset=x',
	])('sends a JPEG of the type %j as one', async (type) => {
		const bytes = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(2_000, 7)]);
		const upload = { ...setProfileImage, binaryPropertyName: 'picture' };
		const input = [{ user: users[0], name: 'ada', type, base64: bytes.toString('base64') }];
		const { status } = await n8n.runClerk(upload, input, [toFile]);

		expect(status).toBe('success');
		const imageId = clerk.state.users.get(users[0])?.profile_image_id;
		const image = clerk.state.images.get(String(imageId));
		expect(image?.type).toBe('image/jpeg');
		expect(image?.bytes.equals(bytes)).toBe(true);
	});

	it('takes the file that an expression gives, where n8n keeps it outside of memory', async () => {
		const again = { ...setProfileImage, binaryPropertyName: '={{ $binary.data }}' };
		const { status, error } = await n8n.runClerk(again, itemsWith(['ada.png']), [download]);

		// Unless told otherwise, n8n 1 keeps it in memory.
		if (n8n.version.startsWith('1.')) {
			expect(error?.message).toMatch(/enter the name of its binary field/);
			return;
		}
		expect(status).toBe('success');
		const image = clerk.state.images.get(String(clerk.state.users.get(users[0])?.profile_image_id));
		expect(image?.bytes.equals(PICTURES['ada.png'].bytes)).toBe(true);
	});

	it.each([
		['one byte more.gif', 'has 10.1 MB, but Clerk takes at most 10.0 MB'],
		['empty.png', 'is an empty file'],
		['drawing.svg', 'is image/svg+xml, but Clerk takes'],
	])('sends nothing at all when the second file is %s', async (name, complaint) => {
		const input = itemsWith(['ada.png', name, 'ada.png']);
		const { status, error } = await n8n.runClerk(setProfileImage, input, [download]);

		expect(status).toBe('error');
		expect(error?.message).toContain(`Input Binary Field ${complaint}`);
		expect(error?.message).toMatch(/ \[item 1\]$/);
		expect(clerk.requests).toEqual([]);
	});

	it.each(['__proto__', 'constructor', 'picture'])(
		'sends nothing where there is no file %j',
		async (binaryPropertyName) => {
			const none = { ...setProfileImage, binaryPropertyName };
			const { error } = await n8n.runClerk(none, itemsWith(['ada.png']), [download]);

			expect(error?.message).toBe(
				`Input Binary Field names no file: the item has no binary field "${binaryPropertyName}" [item 0]`,
			);
			expect(clerk.requests).toEqual([]);
		},
	);
});
