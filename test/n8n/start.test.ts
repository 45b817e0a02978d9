import getPort from 'get-port';
import { startClerk } from './support';
import { runStart } from '../support/runStart';

describe('npm start', () => {
	it('--once runs the main example and ends with 0', async () => {
		const { code, output } = await runStart(['--once']);
		expect(output).toContain('Clean up inactive users: success');
		expect(output).toMatch(/users found +users banned +sessions revoked/);
		expect(output).toMatch(/^\s*8 +8 +2\b/m);
		expect(output).toContain('dana.levi@example.com');
		expect(code).toBe(0);
	});

	it('prints the address, with the port that was asked for, the login and a next step, and stays until Ctrl-C', async () => {
		const port = String(await getPort());
		const { code, output } = await runStart(['--port', port], { interruptAt: /Ctrl-C/ });
		expect(output).toContain(`The editor is open at http://127.0.0.1:${port}\n`);
		expect(output).toMatch(/password +\S+/);
		expect(output).toContain('Next: open "Sync memberships from a sheet"');
		expect(code).toBe(0);
	});

	describe('with CLERK_SECRET_KEY', () => {
		let clerk: Awaited<ReturnType<typeof startClerk>>;

		beforeEach(async () => {
			clerk = await startClerk({ seed: 'company' });
		});

		afterEach(async () => await clerk.close());

		const start = async (secretKey = clerk.secretKey) =>
			await runStart(['--once'], {
				env: { CLERK_SECRET_KEY: secretKey, CLERK_API_URL: clerk.origin },
			});

		it('runs the example that reads and writes nothing, and never prints that key', async () => {
			const { code, output } = await start();
			expect(output).not.toContain(clerk.secretKey);
			expect(output).toContain('Report inactive users: success');
			expect(code).toBe(0);
			expect(clerk.requests.length).toBeGreaterThan(0);
			expect(clerk.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
		});

		it('ends with 1 when the workflow does not succeed', async () => {
			clerk.addFault({ kind: 'status', path: '/users', status: 422, times: 100 });
			const { code, output } = await start();
			expect(output).toContain('Report inactive users: error');
			expect(code).toBe(1);
		});

		it('says what to do about a key that Clerk refuses', async () => {
			const { code, output } = await start('sk_test_refused');
			expect(output).toContain('Set CLERK_SECRET_KEY');
			expect(output).not.toContain('Starting n8n');
			expect(code).toBe(1);
		});
	});

	it('says that a port is taken, and which one is free', async () => {
		const other = await startClerk();
		const { port } = new URL(other.origin);
		const { code, output } = await runStart(['--once', '--port', port]);
		await other.close();
		expect(output).toMatch(new RegExp(`Port ${port} is taken.*--port \\d+`));
		expect(code).toBe(1);
	});

	it('refuses what it does not understand, and says what it does', async () => {
		const { code, output } = await runStart(['--ones']);
		expect(output).toContain('--once');
		expect(code).toBe(1);
	});
});
