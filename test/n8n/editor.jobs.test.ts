import { clerkNode } from './support/clerkNode';
import { JOBS } from './support/forms.json';
import { TALL, openStage, type Stage } from './support/stage';

jest.setTimeout(300_000);

/** What a parameter that decides what a job destroys is at first, and what a person sets it to. */
type Dangerous = Record<string, [first: string, set: string]>;

const removeMetadataKeys: Dangerous = {
	removeMetadataKeysMode: ['Carry Out', 'Carry Out What Was Approved'],
};

/** The jobs of each resource, in the order in which a person goes through them. */
const WALKS: Array<[resource: string, jobs: Record<string, Dangerous>]> = [
	[
		'user',
		{
			'Clean Up': {
				cleanUpMode: ['Plan Only', 'Carry Out'],
				measure: ['Only Report', 'Delete'],
			},
			'Clean Up Test Data': {
				cleanUpTestDataMode: ['Plan Only', 'Carry Out'],
				testOrganizations: ['Leave', 'Delete if Emptied'],
			},
			Offboard: {
				offboardMode: ['Plan Only', 'Carry Out'],
				accountAction: ['Ban', 'Delete'],
				removeFrom: ['All Organizations', 'No Organization'],
			},
			'Revoke All Sessions (Sign Out)': { revokeAllSessionsMode: ['Carry Out', 'Plan Only'] },
			'Create or Update': { upsertMode: ['Carry Out', 'Plan Only'] },
			'Remove Metadata Keys': removeMetadataKeys,
		},
	],
	[
		'organization',
		{
			'Remove Metadata Keys': removeMetadataKeys,
			// The resource has no other job to go to and come back from.
			'Get Many': {},
		},
	],
	[
		'organizationMembership',
		{
			Sync: { syncMode: ['Plan Only', 'Carry Out'], otherMembers: ['Keep', 'Remove'] },
			'Remove Metadata Keys': removeMetadataKeys,
		},
	],
];

describe('in the editor of a real n8n, a person', () => {
	let stage: Stage;

	beforeAll(async () => {
		stage = await openStage();
	});

	afterAll(async () => await stage?.close());

	it.each(WALKS)(
		'switches between all jobs of %s, twice, and what one was set to destroy is never carried over to another',
		async (resource, jobs) => {
			// An operation that destroys nothing, to begin with.
			const node = clerkNode('Job', { resource, operation: 'getAll' }, stage.credential);
			const { editor } = stage;
			await editor.page.setViewportSize(TALL);
			await stage.openNodes('Jobs', [[node]]);
			await editor.openNode('Job');
			for (const [job, dangerous] of [...Object.entries(jobs), ...Object.entries(jobs)]) {
				await editor.select('operation', job);
				for (const [parameter, [first]] of Object.entries(dangerous)) {
					expect({ job, [parameter]: await editor.chosen(parameter) }).toEqual({
						job,
						[parameter]: first,
					});
				}
				for (const [parameter, [, set]] of Object.entries(dangerous)) {
					await editor.select(parameter, set);
				}
			}
			await editor.closeNode();
		},
	);

	it('reads the name of every field of a job', async () => {
		const forms = await stage.readForms(JOBS, (job) => `jobs/${job}`);
		const wanted: Record<keyof typeof forms, string[]> = {
			getInactive: ['Inactive Days', 'Except Metadata', 'Return All'],
			cleanUp: ['Inactive Days', 'What to Do', 'Grace Period (Days)', 'Run Mode', 'Max Users'],
			cleanUpTestData: ['Older Than (Hours)', 'Slug Prefix', 'Further Patterns', 'Only Domains'],
			offboard: ['User', 'Remove From', 'Revoke', 'What to Do', 'Run Mode', 'Hand Over To'],
			upsert: ['Identify Users By', 'Email Address', 'Metadata Mode'],
			sync: ['Organization', 'Identify Users By', 'Role', 'Other Members', 'Sync Name', 'Run Mode'],
			removeMetadataKeys: ['User', 'Keys'],
			findByMetadata: ['Key', 'Match', 'Value', 'Kinds of Metadata', 'If None', 'If Several'],
			applyConfiguration: ['Configuration', 'Extra Records', 'Max Changes', 'Kinds', 'Run Mode'],
			revokeAllSessions: ['User'],
			compare: ['ID Field', 'Updated At Field', 'Report', 'Max Gone', 'Expected Instance'],
			reviewAccess: ['Roles', 'Permissions', 'Organizations'],
			collectData: ['Person', 'Expect Nothing'],
		};
		expect(Object.keys(forms)).toEqual(Object.keys(wanted));
		for (const [form, { labels, cutOff }] of Object.entries(forms)) {
			expect(labels).toEqual(expect.arrayContaining(wanted[form]));
			expect({ form, cutOff }).toEqual({ form, cutOff: [] });
		}
	});

	it('finds the users of three rows by their metadata', async () => {
		const ids = ['crm-1003', 'crm-1001', 'crm-1004'];
		const input = ids.map((crmId) => ({ crmId }));
		const parameters = {
			resource: 'user',
			operation: 'findByMetadata',
			metadataKey: 'crm.id',
			metadataValue: '={{ $json.crmId }}',
			kinds: ['private'],
			output: 'selectedFields',
			fields: ['fullName', 'primaryEmailAddress', 'privateMetadata'],
		};
		const picture = 'jobs/findByMetadata-output';
		const job = [input, 'Find User', parameters, { picture }] as const;
		const rows = await stage.runJob('Customers of the CRM', ...job);
		const names = rows.map((row) => Object.values(row).join(' '));
		expect(names).toEqual(
			ids.map((id) => expect.stringMatching(new RegExp(`@example\\.com.*${id}`, 's')) as string),
		);
	});

	it('compares all users with a list, and sees each difference', async () => {
		// Without the first, one of an hour ago, one who was deleted, and an email address for an ID.
		const [, ...users] = stage.clerk.state.users.rows;
		const rows = users.map(({ id, updated_at }) => ({ clerk_id: id, updated_at }));
		rows[4].updated_at -= 3_600_000;
		const { updated_at } = rows[0];
		rows.push({ clerk_id: 'user_2NNEqL2nrIRdJ194ndJqAHwEfxC', updated_at });
		rows.push({ clerk_id: 'ada.berg@example.com', updated_at });
		const parameters = {
			resource: 'user',
			operation: 'compare',
			idField: 'clerk_id',
			compareBy: 'updatedAt',
			updatedAtField: 'updated_at',
			output: 'selectedFields',
			fields: ['fullName', 'updatedAt'],
		};
		const look = { picture: 'jobs/compare-output', size: { width: 2400, height: 560 } };
		const job = [rows, 'Compare Users', parameters, look] as const;
		const report = await stage.runJob('Users of the database', ...job);
		expect(report.map(({ action, reason }) => `${action}: ${reason}`)).toEqual([
			'missing: In Clerk, but not in the list',
			'changed: Differs in updated_at',
			'gone: In the list, but not in Clerk',
			expect.stringContaining('invalid: clerk_id needs a user ID such as'),
			expect.stringMatching(/missing 1, changed 1, gone 1, equal \d+, invalid 1$/),
		]);
	});

	it('reads the plan of a sync with names, carries it out, and reads what was done', async () => {
		const wanted = [
			{ email: 'ines.moreau@example.com', role: 'admin' },
			{ email: 'elif.yilmaz@example.com', role: 'admin' },
			{ email: 'wes.carter@example.com', role: 'member' },
			{ email: 'vera.novak@example.com', role: 'member' },
		];
		const run = async (name: string, syncMode: string, picture: string) => {
			const parameters = {
				resource: 'organizationMembership',
				operation: 'sync',
				organizationId: { __rl: true, mode: 'slug', value: 'blue-kite' },
				matchBy: 'emailAddress',
				matchValue: '={{ $json.email }}',
				role: { __rl: true, mode: 'id', value: '={{ $json.role }}' },
				otherMembers: 'remove',
				syncMode,
			};
			const look = { picture: `jobs/${picture}`, size: { width: 1900, height: 560 } };
			return await stage.runJob('Members of Blue Kite', wanted, name, parameters, look);
		};
		const plan = await run('Plan', 'plan', 'sync-plan');
		const rows = plan.map(({ action, name, status }) => `${action} ${name} ${status}`);
		expect(rows).toEqual([
			'changeRole Elif Yilmaz planned',
			'add Wes Carter planned',
			'remove Rosa Jimenez planned',
			'summary null planned',
		]);
		const result = await run('Carry Out', 'apply', 'sync-result');
		expect(result.map(({ status }) => status)).toEqual(['done', 'done', 'done', 'done']);
	});
});
