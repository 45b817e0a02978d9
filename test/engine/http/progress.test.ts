import { fakeClock } from '../../support/fakeClock';
import { execute } from '../../../nodes/Clerk/engine/execute';
import { Progress } from '../../../nodes/Clerk/engine/http/progress';
import { resources } from '../../../nodes/Clerk/resources';
import { limits } from '../../../nodes/Clerk/resources/limits';
import { createClock } from '../../support/clock';
import { response, errorResponse, scriptedHost } from '../../support/scripted';
import type { Respond } from '../../support/scripted';

function progress() {
	const clock = createClock();
	const lines: string[] = [];
	const logger = {
		info: (line: string) => lines.push(`info ${line}`),
		debug: (line: string) => lines.push(`debug ${line}`),
	};
	return { clock, lines, progress: new Progress(logger, () => clock.now()) };
}

describe('Progress', () => {
	it('has no hint for a short run without retries and waits', async () => {
		const { clock, progress: run, lines } = progress();
		run.countRequest();
		run.startWaiting();
		await clock.advance(999);
		run.stopWaiting();
		await clock.advance(59_000);
		expect(run.end()).toBeUndefined();
		expect(lines).toEqual([
			'debug Clerk, done: 1 request in 60.0 s, 0 of them retried, 1.0 s spent waiting for the rate limit.',
		]);
	});

	it('has a hint for a run of a minute', async () => {
		const { clock, progress: run } = progress();
		run.countRequest();
		run.countRequest();
		await clock.advance(60_000);
		expect(run.end()).toBe(
			'2 requests in 60.0 s, 0 of them retried, 0.0 s spent waiting for the rate limit.',
		);
	});

	it('has a hint for a retry', () => {
		const { progress: run } = progress();
		run.countRequest();
		run.countRequest();
		run.retries++;
		expect(run.end()).toBe(
			'2 requests in 0.0 s, 1 of them retried, 0.0 s spent waiting for the rate limit.',
		);
	});

	it('has a hint for a second of waiting', async () => {
		const { clock, progress: run } = progress();
		run.startWaiting();
		await clock.advance(1_000);
		run.stopWaiting();
		expect(run.end()).toContain('1.0 s spent waiting');
	});

	it('counts time in which several requests wait once', async () => {
		const { clock, progress: run } = progress();
		run.startWaiting();
		await clock.advance(2_000);
		run.startWaiting();
		await clock.advance(3_000);
		run.stopWaiting();
		await clock.advance(1_000);
		run.stopWaiting();
		await clock.advance(10_000);
		run.startWaiting();
		await clock.advance(500);
		expect(run.end()).toBe(
			'0 requests in 16.5 s, 0 of them retried, 6.5 s spent waiting for the rate limit.',
		);
	});

	it('logs every 30 seconds, however much is sent', async () => {
		const { clock, progress: run, lines } = progress();
		for (let second = 0; second < 95; second++) {
			for (let count = 0; count < 50; count++) run.countRequest();
			await clock.advance(1_000);
		}
		expect(lines.map((line) => line.slice(0, 47))).toEqual([
			'info Clerk, still running: 1501 requests in 30.',
			'info Clerk, still running: 3001 requests in 60.',
			'info Clerk, still running: 4501 requests in 90.',
		]);
	});
});

describe('execute, its log and its hints', () => {
	async function run(count: number, respond: Respond) {
		// Each run starts with free rate limits.
		await fakeClock.wait(3_600_000);
		const parameters = Array.from({ length: count }, (_, index) => ({
			resource: 'user',
			operation: 'get',
			userId: { __rl: true, mode: 'id', value: `user_${index}` },
			options: {},
		}));
		const { host } = scriptedHost({ parameters }, respond);
		const lines: string[] = [];
		host.logger = {
			info: (line: string) => lines.push(`info ${line}`),
			debug: (line: string) => lines.push(`debug ${line}`),
		};
		await execute(host, { resources, limits });
		return { lines, hints: host.hints.map(({ message }: { message: string }) => message) };
	}

	const ok: Respond = () => response(200, { id: 'user_1', object: 'user' });

	it('gives a short run no hint, and one debug line', async () => {
		const { lines, hints } = await run(3, ok);
		expect(hints).toEqual([]);
		expect(lines).toEqual([expect.stringMatching(/^debug Clerk, done: 3 requests in /)]);
	});

	it('hints how long a run waited for the rate limit', async () => {
		const { hints } = await run(100, ok);
		expect(hints).toEqual([
			expect.stringMatching(
				/^100 requests in 10\.\d s, 0 of them retried, 10\.\d s spent waiting for the rate limit\.$/,
			),
		]);
	});

	it('logs the beginning of a pause once, however many requests are rejected', async () => {
		const { lines, hints } = await run(30, async (sent, count) => {
			await fakeClock.wait(100);
			return count < 20 ? errorResponse(429, [], { 'retry-after': '7' }) : await ok(sent, count);
		});
		expect(lines.filter((line) => line.startsWith('info'))).toEqual([
			"info Clerk's limit of 100 requests in 10 seconds is used up, by others as well: requests pause for 7.0 s",
		]);
		expect(hints).toEqual([expect.stringContaining('20 of them retried')]);
	});
});
