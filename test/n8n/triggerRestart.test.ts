import { startClerk } from '../../sandbox/n8n/testing';
import { startOwnN8n } from '../../sandbox/n8n/testing/ownN8n';
import { secretOf } from '../support/webhook';

const SECRET = secretOf(1);
const TRY_AGAIN_MS = 500;

describe('n8n, started again while a trigger is active', () => {
	let n8n: Awaited<ReturnType<typeof startOwnN8n>>;
	let clerk: Awaited<ReturnType<typeof startClerk>>;

	beforeAll(async () => {
		const webhookDelaysMs = Array.from({ length: 240 }, () => TRY_AGAIN_MS);
		clerk = await startClerk({ webhookDelaysMs });
		n8n = await startOwnN8n();
	});

	afterAll(async () => {
		await n8n?.close();
		await clerk.close();
	});

	it.each(['SIGTERM', 'SIGKILL'] as const)(
		'has lost nothing that it answered, and gets the rest: %s',
		async (signal) => {
			const trigger = await n8n.createTrigger(SECRET, { events: ['user.created'] });
			await trigger.activate();
			const endpoint = clerk.webhooks.addEndpoint({ url: trigger.url, secret: SECRET });
			const send = (count: number) =>
				Array.from({ length: count }, () => clerk.webhooks.sendExample('user.created')).flat();

			// In the middle of its work.
			const before = send(40);
			const answered = () => before.filter(({ status }) => status === 'success');
			await n8n.until(async () => answered().length > 0, 'Some were answered');
			await n8n.stop(signal);
			const kept = answered().map(({ id }) => id);
			const meanwhile = send(5);
			await n8n.until(
				async () => meanwhile.every(({ answers }) => answers.includes(0)),
				'It is down',
			);
			await n8n.startAgain();
			await clerk.webhooks.settled();

			const after = send(1);
			await clerk.webhooks.settled();
			const sent = [...before, ...meanwhile, ...after];
			expect(sent.map(({ status }) => status)).toEqual(sent.map(() => 'success'));
			const executed = await n8n.until(async () => {
				const ids = await trigger.deliveries();
				return sent.every(({ id }) => ids.includes(id)) && ids;
			}, 'All were executed');
			expect(executed.filter((id) => kept.includes(id)).sort()).toEqual([...kept].sort());
			expect(after[0].answers).toEqual([200]);
			clerk.webhooks.removeEndpoint(endpoint);
		},
	);
});
