import { mayBeNewer } from '../../../nodes/Clerk/engine/input/openList';
import type { Field } from '../../../nodes/Clerk/engine/operation';
import { passwordHasher } from '../../../nodes/Clerk/fields/user';
import { response, run } from '../../support/scripted';

describe('mayBeNewer', () => {
	it.each(['rot13', 'argon3id', 'pbkdf2_sha3-512', 'user.archived'])(
		'accepts %s, which Clerk may have added',
		(name) => expect(mayBeNewer(passwordHasher, name)).toBe(true),
	);

	it.each<[string, unknown]>([
		['a known value', 'bcrypt'],
		['another spelling of a known value', 'BCrypt'],
		['another separator of a known value', 'pbkdf2-sha256'],
		['an empty text', ''],
		['blanks', 'rot 13'],
		['an expression as text', '{{ $json.hasher }}'],
		['a digest', '$2a$10$N9qo8uLOickgx2ZMRZoMye'],
		['a digest in hexadecimal', 'd41d8cd98f00b204e9800998ecf8427e'],
		['a number', 13],
		['null', null],
	])('rejects %s', (_, value) => expect(mayBeNewer(passwordHasher, value)).toBe(false));

	it('rejects every other value of a field that is not open', () => {
		const closed: Field = { ...passwordHasher, open: undefined };
		expect(mayBeNewer(closed, 'rot13')).toBe(false);
	});
});

const create = (passwordHasherOfItem: string, options: object = {}) => ({
	resource: 'user',
	operation: 'create',
	additionalFields: { passwordDigest: 'x', passwordHasher: passwordHasherOfItem },
	options,
});

const echo = ({ body }: { body?: unknown }) => response(200, JSON.parse(String(body)));

const HINT = `'Password Hasher': this version of the node does not know "rot13", and passes it to Clerk as it is.`;

describe('a run with a value that an open field lacks', () => {
	it('sends it, and says so once', async () => {
		const parameters = [create('rot13'), create('bcrypt'), create('rot13')];
		const { sent, hints, fault } = await run({ parameters }, echo);
		expect(fault).toBeUndefined();
		expect(sent.map(({ body }) => JSON.parse(String(body)).password_hasher)).toEqual([
			'rot13',
			'bcrypt',
			'rot13',
		]);
		expect(hints.map(({ message }) => message)).toEqual([HINT]);
	});

	it('says so in a dry run too', async () => {
		const { sent, hints } = await run({ parameters: [create('rot13', { dryRun: true })] }, echo);
		expect([sent, hints.map(({ message }) => message)]).toEqual([[], [HINT]]);
	});

	it('rejects one that can be no name, and does not repeat a digest', async () => {
		const digest = '$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy';
		const { sent, fault } = await run({ parameters: [create(digest)] }, echo);
		expect(sent).toEqual([]);
		expect(fault.message).toMatch(/Password Hasher needs one of argon2i, .*something longer/);
		expect(fault.message).not.toContain(digest.slice(0, 12));
	});
});

const update = (allowedOrigins: unknown) => ({
	resource: 'instance',
	operation: 'update',
	updateFields: { allowedOrigins },
	options: {},
});

it.each([
	['an empty list clears it', '', '1 field was sent empty'],
	['null keeps it', null, undefined],
] as const)('of Allowed Origins, %s', async (_, value, hint) => {
	const { sent, hints } = await run({ parameters: [update(value)] }, () => response(204));
	expect(JSON.parse(String(sent[0].body))).toEqual({ allowed_origins: value === '' ? [] : null });
	expect(hints.map(({ message }) => message)).toEqual(hint ? [expect.stringContaining(hint)] : []);
});
