import { IF_NOT_FOUND } from '../../engine/form/commonFields';
import { defineProcedure, InvalidInputError } from '../../engine/operation';
import type { FormInput } from '../../engine/operation';
import { ORGANIZATION_ID_OR_SLUG } from '../../fields/ids';
import { locate } from '../../fields/locators';
import { approvableRunMode } from '../../fields/runMode';
import { prepareOffboarding } from '../../jobs/offboard/job';
import type { OffboardAccountAction, OffboardOptions } from '../../jobs/offboard/plan';
import type { Revocable } from '../../jobs/offboard/read';

export const offboard = defineProcedure({
	name: 'Offboard',
	value: 'offboard',
	action: 'Offboard user',
	description:
		'Sign a user out, remove their access, and ban, lock or delete them, with a plan first',
	writes: true,
	notice: [
		"Removes a user's access step by step. Most steps cannot be undone.",
		'Check the plan first: Run Mode is Plan Only until you change it. It is safe to run again.',
	],
	form: [
		...approvableRunMode('offboardMode', 'plan', false),
		locate('user', { required: true }),
		{
			displayName: 'Remove From',
			name: 'removeFrom',
			type: 'options',
			options: [
				{ name: 'All Organizations', value: 'all' },
				{ name: 'Chosen Organizations', value: 'chosen' },
				{ name: 'No Organization', value: 'none' },
			],
			default: 'all',
			required: true,
			description:
				'Which organizations to remove the user from. An organization keeps its last admin, unless another member takes over.',
		},
		{
			displayName: 'Organizations',
			name: 'organizations',
			type: 'string',
			displayOptions: { show: { removeFrom: ['chosen'] } },
			default: '',
			kind: ORGANIZATION_ID_OR_SLUG,
			placeholder: 'e.g. acme-corp, org_2NNEqL2nrIRd…',
			encode: 'list',
			section: 'form',
			description: 'IDs or slugs of organizations, separated by commas',
		},
		{
			displayName: 'Revoke',
			name: 'revoke',
			type: 'multiOptions',
			options: [
				{ name: 'API Keys', value: 'apiKeys' },
				{ name: 'Invitations', value: 'invitations' },
				{ name: 'Organization Invitations', value: 'organizationInvitations' },
				{ name: 'Sessions', value: 'sessions' },
			],
			default: ['apiKeys', 'invitations', 'organizationInvitations', 'sessions'],
			section: 'form',
			description:
				"What to revoke: the user's API keys and open sessions, and pending invitations to their verified addresses",
		},
		{
			displayName: 'What to Do',
			name: 'accountAction',
			type: 'options',
			options: [
				{ name: 'Ban', value: 'ban', description: 'Sign out, and block sign-in' },
				{
					name: 'Delete',
					value: 'delete',
					description: 'Permanently delete, if all previous steps succeeded',
				},
				{ name: 'Lock', value: 'lock', description: 'Block sign-in until the lock expires' },
				{ name: 'Keep the Account', value: 'nothing', description: 'Change nothing about it' },
			],
			default: 'ban',
			required: true,
			description: 'What to do with the account at the end',
		},
		locate('user', {
			as: 'handOverTo',
			displayName: 'Hand Over To',
			description:
				'The user who takes over the role if the leaving user is the last admin of an organization',
		}),
	],
	options: [{ ...IF_NOT_FOUND, description: 'What to do if the user does not exist' }],
	prepare(input) {
		const userId = String(input.values.userId);
		return prepareOffboarding(input, userId, readOptions(input), readRevoked(input));
	},
});

/**
 * Returns what to revoke. An empty list revokes nothing, so the field is not `required`, which would
 * reject one; an expression without a value is rejected here.
 *
 * @throws InvalidInputError
 */
function readRevoked({ values: { revoke } }: FormInput): Revocable[] {
	if (revoke !== undefined) return revoke as Revocable[];
	throw new InvalidInputError(
		'Revoke',
		'is empty. Enter a list; to revoke nothing, enter an empty one: []',
	);
}

/** @throws InvalidInputError */
function readOptions({ values }: FormInput): OffboardOptions {
	const { removeFrom, organizations, handOverTo, accountAction, userId } = values;
	const chosen = [...new Set((organizations ?? []) as string[])];
	if (removeFrom === 'chosen' && chosen.length === 0) {
		throw new InvalidInputError('Organizations', 'is empty. Name one, or choose No Organization');
	}
	if (handOverTo !== undefined && handOverTo === userId) {
		throw new InvalidInputError('Hand Over To', 'is the user who leaves');
	}
	return {
		organizations: removeFrom === 'chosen' ? chosen : (removeFrom as 'all' | 'none'),
		heirId: handOverTo === undefined ? undefined : String(handOverTo),
		accountAction: accountAction as OffboardAccountAction,
	};
}
