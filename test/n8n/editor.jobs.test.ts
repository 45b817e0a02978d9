import { openEditor } from '../../sandbox/n8n/editor';
import { openN8n, startClerk } from '../../sandbox/n8n/testing';
import { clerkNode, workflowOf } from '../../sandbox/n8n/workflow';

jest.setTimeout(300_000);

/** Taller than any of the forms, so that nothing has to be scrolled to. */
const TALL = { width: 1280, height: 2400 };

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
	let clerk: Awaited<ReturnType<typeof startClerk>>;
	let n8n: Awaited<ReturnType<typeof openN8n>>;
	let editor: Awaited<ReturnType<typeof openEditor>>;

	beforeAll(async () => {
		clerk = await startClerk({ seed: 'company' });
		n8n = await openN8n(clerk);
		editor = await openEditor(n8n);
		await editor.page.setViewportSize(TALL);
	});

	afterAll(async () => {
		await editor?.close();
		await clerk.close();
	});

	it.each(WALKS)(
		'switches between all jobs of %s, twice, and what one was set to destroy is never carried over to another',
		async (resource, jobs) => {
			// An operation that destroys nothing, to begin with.
			const node = clerkNode('Job', { resource, operation: 'getAll' }, n8n.credential);
			const { id } = await n8n.api.createWorkflow(workflowOf('Jobs', [[node]]));
			await editor.openWorkflow(id);
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
});
