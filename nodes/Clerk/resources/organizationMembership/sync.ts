import { readEntry } from '../../engine/input/kinds';
import { defineSet, InvalidInputError, InvalidItemsError } from '../../engine/operation';
import type { ClerkRecord, Field, FormInput } from '../../engine/operation';
import { ORGANIZATION_ID_OR_SLUG } from '../../fields/ids';
import { locate, locators } from '../../fields/locators';
import { identifyUsersBy } from '../../fields/matchBy';
import { privateMetadata, publicMetadata } from '../../fields/metadata';
import { approvableRunMode } from '../../fields/runMode';
import { readRunMode } from '../../jobs/shared/runMode';
import { sync as runSync } from '../../jobs/sync/job';
import { MARKER_KEY } from '../../jobs/sync/model';
import type { SyncItem, SyncOptions } from '../../jobs/sync/model';

/** Without finders: the job looks up all organizations, so that one run reports all errors of the input. */
const organization: Field = {
	...locate('organization', {}),
	required: true,
	// A slug can begin like an ID of another record.
	locator: { ...locators.organization, finders: [], ids: undefined },
};

/** Without finders, for the same reason. */
const role: Field = {
	...locate('role', { required: true, description: 'The role of the member' }),
	locator: { ...locators.role, finders: [] },
};

export const sync = defineSet({
	name: 'Sync',
	value: 'sync',
	action: 'Sync organization memberships',
	description:
		'Make the members match your list, with a plan first. Each input item is one member.',
	notice: [
		'All input items together are one list: run this once, never in a loop, or each batch removes the members of the others.',
		'Members who are removed lose the metadata of their membership: check the plan first.',
	],
	writes: true,
	form: [
		...approvableRunMode('syncMode', 'plan', true),
		organization,
		...identifyUsersBy(
			['emailAddress', 'externalId', 'userId'],
			{ by: 'How to identify the users', value: 'The user who should be a member' },
			true,
		),
		role,
		{
			displayName: 'Other Members',
			name: 'otherMembers',
			type: 'options',
			options: [
				{ name: 'Keep', value: 'keep', description: 'Only add and update members' },
				{ name: 'Remove', value: 'remove', description: 'Members who are not in the input' },
				{
					name: 'Remove Those This Sync Added',
					value: 'removeMarked',
					description: 'Members added manually stay',
				},
			],
			default: 'keep',
			required: true,
			once: true,
			description: 'What happens to members who are not in the input',
		},
		{
			displayName: 'Sync Name',
			name: 'syncName',
			type: 'string',
			displayOptions: { show: { otherMembers: ['removeMarked'] } },
			default: 'n8n',
			required: true,
			once: true,
			description: `Marks the members it adds, under ${MARKER_KEY} in the private metadata of the membership. Give each sync its own name.`,
		},
		{
			displayName: 'Max Removals',
			name: 'maxRemovals',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 100,
			required: true,
			once: true,
			description:
				'If an organization would lose more members and invitations, nothing is changed and the node fails with its report',
		},
		{
			displayName: 'Max % of Members',
			name: 'maxPercent',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 100 },
			default: 50,
			required: true,
			once: true,
			description: "The same limit, as a percentage of the organization's members",
		},
		{
			displayName: 'Further Organizations',
			name: 'organizations',
			type: 'string',
			default: '',
			kind: ORGANIZATION_ID_OR_SLUG,
			placeholder: 'e.g. acme-corp, pine-co',
			encode: 'list',
			once: true,
			description: 'IDs or slugs, separated by commas, to sync even if no item names them',
		},
		publicMetadata,
		privateMetadata,
	],
	options: [
		{
			displayName: 'Allow Emptying',
			name: 'allowEmptying',
			type: 'boolean',
			default: false,
			absent: false,
			description:
				'Whether an organization without items loses all its members, admins too. Otherwise, the node fails.',
		},
		{
			displayName: 'Invite Missing',
			name: 'inviteMissing',
			type: 'boolean',
			default: true,
			absent: false,
			description: 'Whether to invite addresses that no user has. Otherwise, they are rejected.',
		},
		{
			displayName: 'Match Unverified',
			name: 'matchUnverified',
			type: 'boolean',
			default: true,
			absent: false,
			description:
				'Whether to match unverified addresses too. Anyone can enter an address they do not own.',
		},
		{
			displayName: 'Revoke Invitations',
			name: 'revokeInvitations',
			type: 'boolean',
			default: true,
			absent: false,
			description: 'Whether to revoke pending invitations that are not in the input',
		},
	],
	prepareAll(inputs) {
		const options = readOptions(inputs[0]);
		const items = inputs.map(toSyncItem);
		const hasMarker = ({ privateMetadata: metadata }: SyncItem) =>
			metadata !== undefined && Object.hasOwn(metadata, MARKER_KEY);
		rejectItems(
			items,
			'Private Metadata',
			`must not contain ${MARKER_KEY}, where syncs mark the members they added`,
			hasMarker,
		);
		const modeAt = readRunMode(inputs[0].values, 'syncMode');
		return {
			target: 'organization memberships',
			execute: async (context) => await runSync(items, options, modeAt(context.now()), context),
		};
	},
});

/** @throws InvalidInputError */
function readOptions({ values, options }: FormInput): SyncOptions {
	const inviteMissing = options.inviteMissing === true;
	if (inviteMissing && values.matchBy !== 'emailAddress') {
		throw new InvalidInputError('Invite Missing', "needs 'Identify Users By' to be Email Address");
	}
	const marker = String(values.syncName ?? '').trim();
	if (values.otherMembers === 'removeMarked' && marker === '') {
		throw new InvalidInputError('Sync Name', 'is empty');
	}
	return {
		matchBy: values.matchBy as SyncOptions['matchBy'],
		matchUnverified: options.matchUnverified === true,
		organizations: (values.organizations ?? []) as string[],
		otherMembers: values.otherMembers as SyncOptions['otherMembers'],
		marker,
		inviteMissing,
		revokeInvitations: options.revokeInvitations === true,
		allowEmptying: options.allowEmptying === true,
		bounds: { count: Number(values.maxRemovals), percent: Number(values.maxPercent) },
	};
}

/** Returns an ID or a slug as Clerk keeps it; other text as it is, which the job does not find. */
function readOrganization(text: string): string {
	try {
		return readEntry({ id: 'org_', noun: 'organization', or: 'slug' }, text, 'Organization');
	} catch (error) {
		if (error instanceof InvalidInputError) return text;
		throw error as Error;
	}
}

const toSyncItem = ({ values, itemIndex }: FormInput): SyncItem => ({
	item: itemIndex,
	organization: readOrganization(String(values.organizationId)),
	value: values.matchValue as string,
	role: String(values.role),
	publicMetadata: values.publicMetadata as ClerkRecord | undefined,
	privateMetadata: values.privateMetadata as ClerkRecord | undefined,
});

/** @throws InvalidItemsError */
function rejectItems(
	items: SyncItem[],
	label: string,
	reason: string,
	isInvalid: (item: SyncItem) => boolean,
): void {
	const invalid = items.filter(isInvalid).map(({ item }) => item);
	if (invalid.length === 0) return;
	throw new InvalidItemsError(
		new Map(invalid.map((item) => [item, new InvalidInputError(label, reason)])),
	);
}
