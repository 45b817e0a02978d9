import { openTrigger, secretOf, signedBySvix } from '../support/webhook';

const EVENT = { type: 'user.created', object: 'event', data: { id: 'user_1' }, timestamp: 1 };

const [OLD, NEW, FORGED] = [1, 2, 3].map(secretOf);

const MINUTE = 60_000;

describe('the signing secret, remembered', () => {
	let now: number;

	beforeEach(() => {
		now = 1_767_323_045_000;
		jest.spyOn(Date, 'now').mockImplementation(() => now);
	});

	afterEach(() => jest.restoreAllMocks());

	const open = (options: Parameters<typeof openTrigger>[0] = {}) => {
		const trigger = openTrigger({ secret: OLD, ...options });
		const statusOf = async (secret: string) =>
			(await trigger.receive(signedBySvix(secret, EVENT, { at: now }))).status;
		return { ...trigger, statusOf };
	};

	it('reads the credential once a minute, also for deliveries at the same time', async () => {
		const { credential, statusOf } = open();
		const statuses = await Promise.all(
			Array.from({ length: 100 }, async () => await statusOf(OLD)),
		);
		expect(new Set(statuses)).toEqual(new Set([200]));
		expect(credential.reads).toBe(1);
		now += MINUTE - 1;
		expect(await statusOf(OLD)).toBe(200);
		expect(credential.reads).toBe(1);
		now += 1;
		expect(await statusOf(OLD)).toBe(200);
		expect(credential.reads).toBe(2);
	});

	it('accepts a new secret at once, from all deliveries at the same time', async () => {
		const { credential, statusOf } = open();
		await statusOf(OLD);
		credential.secret = NEW;
		const statuses = await Promise.all(
			Array.from({ length: 100 }, async () => await statusOf(NEW)),
		);
		expect(new Set(statuses)).toEqual(new Set([200]));
		expect(credential.reads).toBe(2);
	});

	it('accepts a removed secret for less than a minute', async () => {
		const { credential, statusOf } = open();
		await statusOf(OLD);
		credential.secret = NEW;
		now += MINUTE - 1;
		expect(await statusOf(OLD)).toBe(200);
		now += 1;
		expect(await statusOf(OLD)).toBe(401);
	});

	it('reads it five times more a minute for a flood of forged deliveries', async () => {
		const { credential, statusOf } = open();
		for (let sent = 0; sent < 1_000; sent++) {
			now += 50;
			expect(await statusOf(FORGED)).toBe(401);
		}
		expect(credential.reads).toBe(1 + 5);
		credential.secret = NEW;
		now += MINUTE;
		expect(await statusOf(NEW)).toBe(200);
	});

	it('reads it again where the clock was set back', async () => {
		const { credential, statusOf } = open();
		await statusOf(OLD);
		now -= 60 * MINUTE;
		expect(await statusOf(OLD)).toBe(200);
		expect(credential.reads).toBe(2);
	});

	it('remembers no read that failed or gave no key', async () => {
		const { credential, statusOf } = open({ credentialError: new Error('gone') });
		expect(await statusOf(OLD)).toBe(500);
		credential.error = undefined;
		credential.secret = 'whsec_!';
		expect(await statusOf(OLD)).toBe(500);
		credential.secret = OLD;
		expect(await statusOf(OLD)).toBe(200);
		expect(credential.reads).toBe(3);
	});

	it('forgets keys that could not be read again', async () => {
		const { credential, statusOf } = open();
		await statusOf(OLD);
		credential.error = new Error('gone');
		expect(await statusOf(FORGED)).toBe(500);
		expect(await statusOf(OLD)).toBe(500);
	});

	it('is of one trigger and workflow', async () => {
		const one = open({ workflowId: 'one' });
		const two = open({ workflowId: 'two', secret: NEW });
		expect([await one.statusOf(OLD), await two.statusOf(OLD)]).toEqual([200, 401]);
		expect([await one.statusOf(NEW), await two.statusOf(NEW)]).toEqual([401, 200]);
	});
});

describe('a body that n8n has left unread', () => {
	it('is read and verified', async () => {
		const trigger = openTrigger({ secret: OLD });
		const delivery = signedBySvix(OLD, EVENT);
		expect((await trigger.receive({ ...delivery, isUnread: true })).started).toBe(true);
		const other = { ...delivery, body: `${delivery.body} `, isUnread: true };
		expect((await trigger.receive(other)).status).toBe(401);
	});

	it('is rejected where it cannot be read', async () => {
		const trigger = openTrigger({ secret: OLD });
		const { headers } = signedBySvix(OLD, EVENT);
		expect((await trigger.receive({ headers, body: undefined, isUnread: true })).status).toBe(401);
	});
});
