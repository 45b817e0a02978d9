import { defineProcedure, InvalidInputError } from '../../engine/operation';
import { ORGANIZATION_ID_OR_SLUG } from '../../fields/ids';
import { locators } from '../../fields/locators';
import { reviewAccess as runReviewAccess } from '../../jobs/reviewAccess/job';
import { MANAGES_MEMBERS } from '../../jobs/shared/admins';

export const reviewAccess = defineProcedure({
	name: 'Review Access',
	value: 'reviewAccess',
	action: 'Review access to organizations',
	description:
		'List elevated members, missing admins, old invitations and API keys. Changes nothing.',
	writes: false,
	form: [
		{
			displayName: 'Roles',
			name: 'roles',
			type: 'string',
			default: 'org:admin',
			placeholder: 'e.g. org:admin, org:billing',
			encode: 'list',
			kind: 'role',
			listOf: locators.role,
			section: 'form',
			description: 'Keys or names of the elevated roles, separated by commas',
		},
		{
			displayName: 'Permissions',
			name: 'permissions',
			type: 'string',
			default: MANAGES_MEMBERS,
			placeholder: 'e.g. org:sys_memberships:manage',
			encode: 'list',
			kind: 'permission',
			section: 'form',
			description:
				'Permission keys: members with one of them also count as elevated, whatever their role',
		},
		{
			displayName: 'Invitations Pending For (Days)',
			name: 'pendingDays',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 14,
			required: true,
			description: 'Lists invitations that have been pending for longer',
		},
		{
			displayName: 'Organizations',
			name: 'organizations',
			type: 'string',
			default: '',
			kind: ORGANIZATION_ID_OR_SLUG,
			placeholder: 'e.g. acme-corp, pine-co',
			encode: 'list',
			neverEmpty: 'would review no organization',
			description: 'IDs or slugs, separated by commas, instead of the whole instance',
		},
	],
	prepare: ({ values }) => {
		const roles = [...new Set((values.roles ?? []) as string[])];
		const permissions = [...new Set((values.permissions ?? []) as string[])];
		if (roles.length + permissions.length === 0) {
			throw new InvalidInputError('Roles', 'is empty, and so is Permissions. Fill in one of them');
		}
		const criteria = {
			roles,
			permissions,
			organizations: (values.organizations ?? []) as string[],
			pendingDays: Number(values.pendingDays),
		};
		return {
			execute: async (context) => await runReviewAccess(criteria, context, context.now()),
		};
	},
});
