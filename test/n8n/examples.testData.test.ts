import { newMembership } from '../../sandbox/clerk/records/membership';
import { newOrganization } from '../../sandbox/clerk/records/organization';
import { newEmailAddress, newUser } from '../../sandbox/clerk/records/user';
import { openN8n, startClerk } from './support';

type Clerk = Awaited<ReturnType<typeof startClerk>>;

const HOUR = 3_600_000;

describe('Clean up test data, in a real n8n', () => {
	let clerk: Clerk;

	beforeEach(async () => {
		clerk = await startClerk({ seed: 'company' });
	});

	afterEach(async () => await clerk.close());

	/** @returns the ID of a user who was created some hours ago */
	const plant = (address: string, hours: number) => {
		const { state } = clerk;
		const at = state.clock() - hours * HOUR;
		const email_addresses = [newEmailAddress(state, address, { at })];
		return state.users.insert(newUser(state, { email_addresses, created_at: at })).id;
	};

	const plantOrganization = (name: string, members: string[]) => {
		const { state } = clerk;
		const { id } = state.organizations.insert(newOrganization(state, { name }));
		for (const user_id of members) {
			const membership = { organization_id: id, user_id, role: 'org:admin' };
			state.memberships.insert(newMembership(state, membership));
		}
		return id;
	};

	const importCleanUp = async (values: object = {}) => {
		const n8n = await openN8n(clerk);
		const parameters = { 'Clean Up Test Data': values };
		return await n8n.importExample('testData', { parameters });
	};

	const exists = (id: string) => clerk.state.users.get(id) !== undefined;

	const writes = () => clerk.requests.filter(({ method }) => method !== 'GET');

	it('deletes old test users and their organizations, and nothing the second time', async () => {
		const people = clerk.state.users.rows.map(({ id }) => id);
		const test = [4, 5, 6].map((hours) => plant(`run${hours}+clerk_test@example.com`, hours));
		const running = plant('run1+clerk_test@example.com', 1);
		const developer = plant('fredrik+debugging-clerk_test@example.com', 5);
		const organization = plantOrganization('Run 4', test.slice(0, 2));
		const shared = plantOrganization('Run 6', [test[2], people[0]]);
		const { run } = await importCleanUp({ cleanUpTestDataMode: 'apply' });

		const { status, data } = await run();

		expect(status).toBe('success');
		expect(test.filter(exists)).toEqual([]);
		expect([...people, running, developer].filter((id) => !exists(id))).toEqual([]);
		expect(clerk.state.organizations.get(organization)).toBeUndefined();
		expect(clerk.state.organizations.get(shared)).toBeDefined();
		expect(data.Summary.map(({ json }) => json)).toEqual([
			expect.objectContaining({
				usersDeleted: 3,
				organizationsDeleted: 1,
				usersLeft: people.length + 2,
				userCap: 100,
				matchNothing: ['fredrik+debugging-clerk_test@example.com'],
			}),
		]);
		const sent = writes().length;
		expect((await run()).status).toBe('success');
		expect(writes()).toHaveLength(sent);
	});

	it('as imported changes nothing', async () => {
		const address = 'run4+clerk_test@example.com';
		plant(address, 4);
		const { run } = await importCleanUp();
		const { status, data } = await run();
		expect(status).toBe('success');
		const rows = data['Clean Up Test Data'].map(({ json }) => json);
		expect(rows.find(({ emailAddress }) => emailAddress === address)).toMatchObject({
			status: 'planned',
			dryRun: true,
		});
		expect(writes()).toEqual([]);
	});

	it('fails if the instance is nearly full, and names users that match nothing', async () => {
		for (let at = 0; at < 60; at++) plant(`e2e-${at}@example.com`, 1);
		const { run } = await importCleanUp({ cleanUpTestDataMode: 'apply' });
		const { status, error } = await run();
		expect(status).toBe('error');
		expect(error?.node?.name).toBe('Fail the Run');
		expect(error?.message).toMatch(
			/^84 of 100 users are left\. 60 recent ones match nothing: e2e-/,
		);
	});

	it('stops in a production instance before a user is read', async () => {
		clerk.state.instance.environmentType = 'production';
		const { run } = await importCleanUp({ cleanUpTestDataMode: 'apply' });
		const { status, error } = await run();
		expect(status).toBe('error');
		expect(error?.message).toContain(
			'Stopped: this is a production instance, not a development one',
		);
		expect(clerk.requests.map(({ path }) => path)).toEqual(['/instance']);
	});
});
