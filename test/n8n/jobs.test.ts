import {
	addTrouble,
	changesIn,
	cleanUpForm,
	countsOf,
	membersIn,
	plantMembers,
	plantUsers,
	syncForm,
} from '../support/bigJobs';
import { openN8n, startClerk, startOwnN8n } from './support';
import { pass } from '../support/timing';

/** The two uses that the package is made for, at full size, in a real n8n and with a Clerk that has a bad day. */

const ALL = 10_000;
const INACTIVE = 200;
const DIFFERENCES = 50;

/** Clerk's largest page. */
const PAGE = 500;

const inOrder = (list: Array<{ email: string; role: string }>) =>
	list.map(({ email, role }) => `${email} ${role}`).sort();

describe(`jobs over ${ALL}, in a real n8n`, () => {
	let clerk: Awaited<ReturnType<typeof startClerk>>;
	let changes: string[];

	beforeEach(async () => {
		clerk = await startClerk({ seed: 'empty' });
	});

	afterEach(async () => await clerk.close());

	/** The rate limit is Clerk's own, of a production key: 1,000 requests in 10 seconds. */
	const open = async () => {
		changes = changesIn(clerk);
		addTrouble(clerk);
		return await openN8n({ url: clerk.url, secretKey: clerk.liveSecretKey });
	};

	it('Clean Up bans whom it shall, each once, and nobody else', async () => {
		const away = plantUsers(clerk, { users: ALL, inactive: INACTIVE });
		const n8n = await open();

		const { error, json = [] } = await n8n.runClerk(cleanUpForm({ users: ALL }));

		expect(error).toBeUndefined();
		expect(json.at(-1)).toMatchObject({ action: 'summary', chosen: INACTIVE, allUsers: ALL });
		const done = json.slice(0, -1).filter(({ status }) => status === 'done');
		expect(done.map(({ target }) => target).sort()).toEqual([...away].sort());
		expect([...changes].sort()).toEqual(away.map((id) => `user ${id} banned`).sort());
		const { faults, succeededReads } = countsOf(clerk);
		expect(faults).toBeGreaterThan(INACTIVE / 10);
		// By Clerk's own filter: who is there every day is not read.
		expect(succeededReads).toBeLessThan(10);
	});

	it('Sync makes the members those of the list, and has nothing to do when it is run again', async () => {
		const wanted = plantMembers(clerk, { members: ALL, differences: DIFFERENCES });
		const n8n = await open();

		const { error, json = [] } = await n8n.runClerk(syncForm, wanted);

		expect(error).toBeUndefined();
		expect(json.at(-1)).toMatchObject({ action: 'summary', wanted: ALL, members: ALL });
		expect(json.slice(0, -1).filter(({ status }) => status === 'done')).toHaveLength(DIFFERENCES);
		expect(inOrder(membersIn(clerk))).toEqual(inOrder(wanted));
		expect(changes).toHaveLength(DIFFERENCES);
		expect(new Set(changes).size).toBe(DIFFERENCES);
		const { faults, writes, checks, succeededReads } = countsOf(clerk);
		expect(faults).toBeGreaterThan(DIFFERENCES / 10);
		expect(writes).toBeLessThan(DIFFERENCES * 2);
		// Members page by page. Users in slices, each of which may end with a page that is not full: as many
		// requests as Return All's tests allow. And the organization, its roles, its directory and an address.
		const pages = ALL / PAGE;
		expect(succeededReads - checks).toBeLessThanOrEqual(pages + 1 + (1.25 * pages + 5) + 4);

		const before = clerk.requests.length;
		const again = await n8n.runClerk(syncForm, wanted);
		expect(again.error).toBeUndefined();
		expect(again.json).toHaveLength(1);
		expect(countsOf(clerk, before).writes).toBe(0);
		expect(changes).toHaveLength(DIFFERENCES);
	});

	it('Sync in an n8n that is killed half way is taken up by the next', async () => {
		const wanted = plantMembers(clerk, { members: 500, differences: DIFFERENCES });
		changes = changesIn(clerk);
		clerk.setLatency(50);
		const parameters = { ...syncForm, options: { concurrency: 2 } };
		const account = { url: clerk.url, secretKey: clerk.liveSecretKey };
		const killed = await startOwnN8n();
		try {
			const n8n = await openN8n(account, 'full', killed);
			n8n.runClerk(parameters, wanted).catch(() => {});
			while (changes.length < DIFFERENCES / 2) await pass(5);
		} finally {
			// By SIGKILL.
			await killed.close();
		}
		await pass(200);
		expect(changes.length).toBeLessThan(DIFFERENCES);

		const n8n = await openN8n(account);
		const { error } = await n8n.runClerk(parameters, wanted);
		expect(error).toBeUndefined();
		expect(inOrder(membersIn(clerk))).toEqual(inOrder(wanted));
		expect(changes).toHaveLength(DIFFERENCES);
		expect(new Set(changes).size).toBe(DIFFERENCES);
	});
});
