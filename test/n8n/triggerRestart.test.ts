import { startClerk, startOwnN8n } from './support';
import { secretOf } from '../support/webhook';

const SECRET = secretOf(1);

describe('n8n, ended and started again while a trigger is active', () => {
	let n8n: Awaited<ReturnType<typeof startOwnN8n>>;
	let clerk: Awaited<ReturnType<typeof startClerk>>;

	beforeAll(async () => {
		// The tests deliver again themselves, once n8n has started: while it starts, it answers 200 to
		// everything, of its own accord, and no execution comes of it.
		clerk = await startClerk({ webhookDelaysMs: [] });
		n8n = await startOwnN8n();
	});

	afterAll(async () => {
		await n8n?.close();
		await clerk.close();
	});

	it.each(['SIGTERM', 'SIGKILL'] as const)(
		'has stored what it answered, and gets the rest when Clerk delivers again: %s',
		async (signal) => {
			const trigger = await n8n.createTrigger(SECRET, { events: ['user.created'] });
			await trigger.activate();
			const endpoint = clerk.webhooks.addEndpoint({ url: trigger.url, secret: SECRET });
			const send = (count: number) =>
				Array.from({ length: count }, () => clerk.webhooks.sendExample('user.created')).flat();

			// In the middle of its work.
			const sent = send(40);
			const answered = () => sent.filter(({ status }) => status === 'success');
			await n8n.until(async () => answered().length >= 10, 'Some were answered');
			await n8n.stop(signal);
			sent.push(...send(2));
			await clerk.webhooks.settled();
			const missed = sent.filter(({ status }) => status === 'failed');
			expect(missed.length).toBeGreaterThanOrEqual(2);

			await n8n.startAgain();
			for (const delivery of missed) expect(await clerk.webhooks.resend(delivery)).toBe(200);
			sent.push(...send(1));
			await clerk.webhooks.settled();
			expect(sent.at(-1)).toMatchObject({ status: 'success', responses: [200] });

			await n8n.until(async () => {
				const ids = await trigger.deliveries();
				return sent.every(({ id }) => ids.includes(id));
			}, 'Each has an execution');
			clerk.webhooks.removeEndpoint(endpoint);
		},
	);
});
