import { defineSet } from '../../engine/operation';
import { approvableRunMode } from '../../fields/runMode';
import { readTestDataOptions, readTestUserCriteria } from '../../jobs/cleanUpTestData/form';
import { cleanUpTestData as runCleanUpTestData } from '../../jobs/cleanUpTestData/job';
import { readRunMode } from '../../jobs/shared/runMode';

/** The users that a development instance can have: https://clerk.com/docs/guides/development/managing-environments */
const USER_CAP = 100;

export const cleanUpTestData = defineSet({
	name: 'Clean Up Test Data',
	value: 'cleanUpTestData',
	action: 'Clean up test data',
	description:
		'Delete the users and organizations that tests left in a development instance, with a plan first',
	notice:
		'This deletes all test users who match, regardless of the input: run it once, never in a loop. It cannot be undone: check the plan first.',
	writes: true,
	form: [
		...approvableRunMode('cleanUpTestDataMode', 'plan', true),
		{
			displayName: 'Older Than (Hours)',
			name: 'olderThan',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 87600 },
			default: 2,
			required: true,
			once: true,
			description: 'The minimum age, so that running tests keep their users',
		},
		{
			displayName: 'Test Organizations',
			name: 'testOrganizations',
			type: 'options',
			options: [
				{
					name: 'Delete by Metadata',
					value: 'metadata',
					description: 'Those with a metadata key',
				},
				{
					name: 'Delete by Slug Prefix',
					value: 'slugPrefix',
					description: 'Those whose slug starts with a prefix',
				},
				{
					name: 'Delete if Emptied',
					value: 'emptied',
					description: 'All whose members are deleted',
				},
				{ name: 'Leave', value: 'leave' },
			],
			default: 'leave',
			required: true,
			once: true,
			description: 'Which organizations to delete; one with any other member stays',
		},
		{
			displayName: 'Slug Prefix',
			name: 'slugPrefix',
			type: 'string',
			displayOptions: { show: { testOrganizations: ['slugPrefix'] } },
			default: '',
			kind: 'slug',
			placeholder: 'e.g. e2e-',
			section: 'form',
			once: true,
			description: 'The prefix of test organization slugs',
		},
		{
			displayName: 'Organization Metadata',
			name: 'organizationMetadata',
			type: 'string',
			displayOptions: { show: { testOrganizations: ['metadata'] } },
			default: '',
			kind: 'metadataRule',
			placeholder: 'e.g. e2e',
			section: 'form',
			once: true,
			description: 'A key, or key=value, in public or private metadata',
		},
		{
			displayName: 'Max Users',
			name: 'maxUsers',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 0 },
			default: 100,
			required: true,
			once: true,
			description: 'The maximum number to delete in a run, oldest first',
		},
		{
			displayName: 'Max Organizations',
			name: 'maxOrganizations',
			type: 'number',
			typeOptions: { minValue: 1, numberPrecision: 0 },
			displayOptions: { hide: { testOrganizations: ['leave'] } },
			default: 100,
			required: true,
			once: true,
			description: 'The maximum number to delete in a run, oldest first',
		},
		{
			displayName: 'Also in Production',
			name: 'alsoInProduction',
			type: 'boolean',
			default: true,
			once: true,
			description: 'Whether to also run in a production instance',
		},
		{
			displayName: 'Further Patterns',
			name: 'patterns',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Pattern',
			default: {},
			once: true,
			description: 'What else identifies a test user; needs Only Domains',
			options: [
				{
					name: 'entry',
					displayName: 'Pattern',
					values: [
						{
							displayName: 'By',
							name: 'by',
							type: 'options',
							options: [
								{ name: 'Address Contains', value: 'addressPart' },
								{ name: 'Domain', value: 'domain' },
								{ name: 'Metadata', value: 'metadata' },
							],
							default: 'addressPart',
							description: 'What the value is',
						},
						{
							displayName: 'Value',
							name: 'value',
							type: 'string',
							required: true,
							default: '',
							placeholder: 'e.g. e2e-',
							description: 'Part of an address, a domain, a metadata key or key=value',
						},
					],
				},
			],
		},
		{
			displayName: 'Keep',
			name: 'keep',
			type: 'string',
			default: '',
			placeholder: 'e.g. ada+clerk_test@example.com',
			encode: 'list',
			neverEmpty: 'would keep no user',
			once: true,
			description: 'Email addresses and IDs of users and organizations to leave alone',
		},
		{
			displayName: 'Only Domains',
			name: 'onlyDomains',
			type: 'string',
			default: '',
			placeholder: 'e.g. e2e.example.com',
			encode: 'list',
			kind: 'domain',
			neverEmpty: 'would allow every domain',
			once: true,
			description: 'Users with an email address elsewhere are left alone',
		},
		{
			displayName: 'User Cap',
			name: 'userCap',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: USER_CAP,
			once: true,
			description: 'How many users a development instance can have, for the summary',
		},
	],
	prepareAll: ([{ values }]) => {
		const criteriaAt = readTestUserCriteria(values);
		const options = readTestDataOptions(values);
		const modeAt = readRunMode(values, 'cleanUpTestDataMode');
		const alsoInProduction = values.alsoInProduction === true;
		const userCap = Number(values.userCap ?? USER_CAP);
		return {
			target: 'users',
			async execute(context) {
				const now = context.now();
				const run = { alsoInProduction, userCap, mode: modeAt(now) };
				return await runCleanUpTestData(criteriaAt(now), options, run, context, now);
			},
		};
	},
});
