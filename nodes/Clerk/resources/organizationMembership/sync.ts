import { defineSet, InvalidInputError, InvalidItemsError } from '../../engine/operation';
import type { ClerkRecord, Field, FormInput } from '../../engine/operation';
import { dryRun } from '../../fields/jobs';
import { locate, locators } from '../../fields/locators';
import { privateMetadata, publicMetadata } from '../../fields/metadata';
import { sync as carryOutSync } from '../../jobs/sync/job';
import type { Asked, Terms } from '../../jobs/sync/job';
import { MARKER_KEY } from '../../jobs/sync/state';
import { ORGANIZATION_ID_OR_SLUG } from '../../fields/ids';

/** Looked up with those of the other items, so that all that is wrong can be said at once. */
const organization: Field = {
	...locate('organization', {}),
	required: true,
	// A slug can begin like an ID of another record.
	locator: { ...locators.organization, finders: [], ids: undefined },
};

export const sync = defineSet({
	name: 'Sync',
	value: 'sync',
	action: 'Sync organization memberships',
	description:
		'Make the members of organizations those of a list: each input item is a wanted member with a role. Adds who is missing, changes roles and metadata, and removes the others, with guards. Shows what it would do unless Dry Run is off.',
	notice:
		'All input items together are the wanted list: run this once, never in a loop, or each batch removes the members of the others. Who is removed loses the metadata of the membership: look at a Dry Run first.',
	writes: true,
	form: [
		dryRun,
		organization,
		{
			displayName: 'Match By',
			name: 'matchBy',
			type: 'options',
			options: [
				{ name: 'Email Address', value: 'emailAddress' },
				{ name: 'External ID', value: 'externalId' },
				{ name: 'User ID', value: 'userId' },
			],
			default: 'emailAddress',
			required: true,
			once: true,
			description: 'What the users are found by',
		},
		{
			displayName: 'Match Value',
			name: 'matchValue',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. {{ $json.email }}',
			description: "The item's e-mail address, external ID or user ID: whom it wants as a member",
		},
		locate('role', { required: true, description: 'The role the member will have' }),
		{
			displayName: 'Other Members',
			name: 'otherMembers',
			type: 'options',
			options: [
				{ name: 'Keep', value: 'keep', description: 'Only add and change' },
				{ name: 'Remove', value: 'remove', description: 'Whoever no item wants' },
				{
					name: 'Remove Those This Sync Added',
					value: 'removeMarked',
					description: 'Whoever was added by hand stays',
				},
			],
			default: 'remove',
			required: true,
			once: true,
			description: 'What becomes of the members whom no item wants',
		},
		{
			displayName: 'Sync Name',
			name: 'syncName',
			type: 'string',
			displayOptions: { show: { otherMembers: ['removeMarked'] } },
			default: 'n8n',
			required: true,
			once: true,
			description: `Marks whom it adds, under ${MARKER_KEY} in the membership's private metadata. Give each sync its own.`,
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
				'If an organization would lose more members and invitations, nothing at all is done and the node fails with its report',
		},
		{
			displayName: 'Max Percent',
			name: 'maxPercent',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 100 },
			default: 50,
			required: true,
			once: true,
			description: "The same, as a share of the organization's members",
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
			description: 'IDs or slugs, separated by commas: synced even if no item is of them',
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
				'Whether an organization that no item is of loses all its members, admins too. Otherwise the node fails.',
		},
		{
			displayName: 'Invite Missing',
			name: 'inviteMissing',
			type: 'boolean',
			default: true,
			absent: false,
			description: 'Whether addresses that no user has are invited. Otherwise they are refused.',
		},
		{
			displayName: 'Match Unverified',
			name: 'matchUnverified',
			type: 'boolean',
			default: true,
			absent: false,
			description:
				'Whether an address that is not verified finds its user too. Anybody can type one in.',
		},
		{
			displayName: 'Revoke Invitations',
			name: 'revokeInvitations',
			type: 'boolean',
			default: true,
			absent: false,
			description: 'Whether pending invitations that no item wants are revoked',
		},
	],
	prepareAll(items) {
		const terms = termsOf(items[0]);
		const asked = items.map(toAsked);
		refuse(asked, 'Match Value', 'is empty', ({ value }) => value.trim() === '');
		const hasMarker = ({ privateMetadata: given }: Asked) =>
			given !== undefined && Object.hasOwn(given, MARKER_KEY);
		refuse(
			asked,
			'Private Metadata',
			`must not hold ${MARKER_KEY}, where syncs mark whom they added`,
			hasMarker,
		);
		return {
			target: 'organization memberships',
			execute: async (tools) => await carryOutSync(asked, terms, tools),
		};
	},
});

/** @throws InvalidInputError */
function termsOf({ values, options }: FormInput): Terms {
	const inviteMissing = options.inviteMissing === true;
	if (inviteMissing && values.matchBy !== 'emailAddress') {
		throw new InvalidInputError('Invite Missing', 'needs Match By Email Address');
	}
	const marker = String(values.syncName ?? '').trim();
	if (values.otherMembers === 'removeMarked' && marker === '') {
		throw new InvalidInputError('Sync Name', 'is empty');
	}
	return {
		matchBy: values.matchBy as Terms['matchBy'],
		matchUnverified: options.matchUnverified === true,
		organizations: (values.organizations ?? []) as string[],
		otherMembers: values.otherMembers as Terms['otherMembers'],
		marker,
		inviteMissing,
		revokeInvitations: options.revokeInvitations === true,
		allowEmptying: options.allowEmptying === true,
		bounds: { count: Number(values.maxRemovals), percent: Number(values.maxPercent) },
		// What an expression left empty must not be carried out.
		isDryRun: values.dryRun !== false,
	};
}

const toAsked = ({ values, item }: FormInput): Asked => ({
	item,
	organization: String(values.organizationId),
	value: String(values.matchValue),
	role: String(values.role),
	publicMetadata: values.publicMetadata as ClerkRecord | undefined,
	privateMetadata: values.privateMetadata as ClerkRecord | undefined,
});

/** @throws InvalidItemsError */
function refuse(
	asked: Asked[],
	label: string,
	complaint: string,
	isWrong: (one: Asked) => boolean,
): void {
	const refused = asked.filter(isWrong).map(({ item }) => item);
	if (refused.length === 0) return;
	throw new InvalidItemsError(
		new Map(refused.map((item) => [item, new InvalidInputError(label, complaint)])),
	);
}
