import type { Field } from '../engine/operation';

/** The form of the jobs that compare a list with Clerk's records. It writes nothing, so it has no Run Mode. */

const COMPARE_BY = {
	updatedAt: ['updatedAt'],
	fields: ['fields'],
};

export const LIST_NOTICE =
	'All input items together are the list: run this once, never in a loop. It only reads, so a read-only credential is enough.';

/** Returns a field that names a field of the input items, not its value. */
const fieldOfItems = (
	name: string,
	displayName: string,
	example: string,
	description: string,
): Field => ({
	displayName,
	name,
	type: 'string',
	requiresDataPath: 'single',
	default: '',
	once: true,
	placeholder: `e.g. ${example}`,
	description,
});

const idField = (name: string, displayName: string, example: string, record: string): Field => ({
	...fieldOfItems(name, displayName, example, `The name of the field with Clerk's ${record}`),
	required: true,
});

/** The field with the ID of a record. */
export const ID_FIELD = idField('idField', 'ID Field', 'clerk_id', 'ID');

/** The fields with the two IDs of a membership. */
export const MEMBERSHIP_ID_FIELDS: Field[] = [
	idField(
		'organizationIdField',
		'Organization ID Field',
		'organization_id',
		'ID of the organization',
	),
	idField('userIdField', 'User ID Field', 'user_id', 'ID of the user'),
];

/** The fields of the form after those with the IDs. */
export const comparison: Field[] = [
	{
		displayName: 'Compare',
		name: 'compareBy',
		type: 'options',
		options: [
			{
				name: 'Presence Only',
				value: 'presence',
				description: 'Only missing records and gone rows',
			},
			{
				name: 'Updated At',
				value: 'updatedAt',
				description: 'Also the time of the last change, from a field of the list',
			},
			{ name: 'Fields', value: 'fields', description: 'Also the values of the fields you choose' },
		],
		default: 'presence',
		required: true,
		once: true,
		description: 'What counts as a change',
	},
	{
		...fieldOfItems(
			'updatedAtField',
			'Updated At Field',
			'updated_at',
			"The name of the field with Clerk's Updated At: a date, milliseconds or seconds. Any other time is a change.",
		),
		displayOptions: { show: { compareBy: COMPARE_BY.updatedAt } },
		section: 'form',
	},
	{
		displayName: 'Compared Fields',
		name: 'comparedFields',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		displayOptions: { show: { compareBy: COMPARE_BY.fields } },
		placeholder: 'Add Field',
		default: {},
		section: 'form',
		once: true,
		options: [
			{
				displayName: 'Field',
				name: 'entry',
				values: [
					{
						displayName: 'Field of the List',
						name: 'field',
						type: 'string',
						requiresDataPath: 'single',
						default: '',
						required: true,
						placeholder: 'e.g. email',
					},
					{
						displayName: 'Field of Clerk',
						name: 'clerkField',
						type: 'string',
						default: '',
						required: true,
						placeholder: 'e.g. primaryEmailAddress',
						description:
							'A field of the simplified output. Use dots for nested fields: publicMetadata.plan.',
					},
				] as Field[],
			},
		],
		description: 'The fields to compare',
	},
	{
		displayName: 'Report',
		name: 'report',
		type: 'multiOptions',
		options: [
			{ name: 'Changed', value: 'changed', description: 'On both sides, but different' },
			{ name: 'Gone', value: 'gone', description: 'In the list, but not in Clerk' },
			{ name: 'Missing', value: 'missing', description: 'In Clerk, but not in the list' },
		],
		default: ['missing', 'changed', 'gone'],
		required: true,
		once: true,
		description: 'Which differences to output',
	},
	{
		displayName: 'Max Gone',
		name: 'maxGone',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 100,
		required: true,
		once: true,
		description: 'If more rows are gone, the node fails with its report: check the list',
	},
	{
		displayName: 'Max Gone Percent',
		name: 'maxGonePercent',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 100 },
		default: 5,
		required: true,
		once: true,
		description: 'The same limit, as a percentage of the list; never all of two or more',
	},
	{
		displayName: 'Expected Instance',
		name: 'expectedInstance',
		type: 'string',
		default: '',
		placeholder: 'e.g. ins_2NNEqL2nrIRd…',
		kind: { id: 'ins_', noun: 'instance' },
		neverEmpty: 'would check no instance',
		once: true,
		description: 'The ID of the instance. The node stops if the key belongs to another one.',
	},
	{
		displayName: 'Ignore Rows Without ID',
		name: 'ignoreRowsWithoutId',
		type: 'boolean',
		default: true,
		once: true,
		description: 'Whether to ignore rows of the list that have no ID yet',
	},
];
