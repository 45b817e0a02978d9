'use strict';

const { createIds } = require('./ids');
const { plantDefaultRoles } = require('./records/role');
const { plantDefaultRoleSet } = require('./records/roleSet');
const { plantFreePlans } = require('./resources/billingCatalogue');
const { newSettings } = require('./resources/instance');
const { plantTemplates } = require('./resources/templates');
const { Table } = require('./table');

/** Tables of rows that `defineResource` says enough about. */
const PLAIN = /** @type {const} */ ([
	'actorTokens',
	'adminPortalLinkTokens',
	'agentTasks',
	'allowlist',
	'apiKeys',
	'billingPlans',
	'billingPrices',
	'blocklist',
	'creditLedger',
	'directories',
	'domains',
	'enterpriseConnections',
	'groupRoleMappings',
	'images',
	'jwtTemplates',
	'm2mTokens',
	'machines',
	'messageTemplates',
	'oauthApplications',
	'oauthTokens',
	'organizationDomains',
	'redirectUrls',
	'signInTokens',
	'signUps',
	'subscriptions',
	'testRuns',
	'trustedDevices',
	'verifications',
	'waitlist',
]);

/**
 * @typedef {DeepState & Record<typeof PLAIN[number], Table<any>>} State
 *
 * @typedef {object} DeepState
 * @property {() => number} clock
 * @property {(prefix: string, at?: number) => string} newId
 * @property {{ id: string, environmentType: 'development' | 'staging' | 'production', passwordRequired: boolean, jwtTemplates: string[], hasSvix: boolean }} instance
 * @property {Table<import('./records/user').UserRow>} users
 * @property {Table<import('./records/organization').OrganizationRow>} organizations
 * @property {Table<import('./records/membership').MembershipRow>} memberships
 * @property {Table<import('./records/session').SessionRow>} sessions
 * @property {Table<import('./records/role').RoleRow>} roles
 * @property {Table<import('./records/role').PermissionRow>} permissions
 * @property {Table<import('./records/roleSet').RoleSetRow>} roleSets
 * @property {Table<import('./records/invitation').InvitationRow>} invitations
 * @property {Table<import('./records/organizationInvitation').OrganizationInvitationRow>} organizationInvitations
 * @property {Record<string, Values>} settings of the instance, by the record that shows them
 */

/** @typedef {import('./records/user').Identification} Identification */

/**
 * @param {readonly Identification[]} identifications
 * @param {'email_address' | 'phone_number' | 'web3_wallet'} field
 */
const identifiers = (identifications, field) =>
	identifications.map((identification) => identification[field] ?? null);

/**
 * The tables of one Clerk instance, which has the roles that every instance begins with. An index serves both what must be unique and what is looked
 * up by something else than its id.
 *
 * @param {{ clock: () => number, instance?: Partial<State['instance']> }} options
 * @returns {State}
 */
function createState({ clock, instance }) {
	const plain = Object.fromEntries(PLAIN.map((name) => [name, new Table()]));
	const state = /** @type {State} */ ({
		...plain,
		clock,
		newId: createIds(clock),
		instance: {
			id: 'ins_sandbox',
			environmentType: 'development',
			passwordRequired: true,
			jwtTemplates: ['supabase'],
			hasSvix: false,
			...instance,
		},
		users: new Table({
			email_address: (user) => identifiers(user.email_addresses, 'email_address'),
			phone_number: (user) => identifiers(user.phone_numbers, 'phone_number'),
			web3_wallet: (user) => identifiers(user.web3_wallets, 'web3_wallet'),
			username: (user) => [user.username?.toLowerCase() ?? null],
			external_id: (user) => [user.external_id],
		}),
		organizations: new Table({ slug: (organization) => [organization.slug] }),
		memberships: new Table({
			organization_id: (membership) => [membership.organization_id],
			user_id: (membership) => [membership.user_id],
		}),
		sessions: new Table({
			user_id: (session) => [session.user_id],
			client_id: (session) => [session.client_id],
		}),
		roles: new Table({ key: (role) => [role.key] }),
		permissions: new Table({ key: (permission) => [permission.key] }),
		roleSets: new Table({ key: (set) => [set.key] }),
		invitations: new Table({ email_address: (invitation) => [invitation.email_address] }),
		organizationInvitations: new Table({
			organization_id: (invitation) => [invitation.organization_id],
			email_address: (invitation) => [invitation.email_address],
		}),
		settings: newSettings(),
	});
	plantDefaultRoles(state);
	plantDefaultRoleSet(state);
	plantFreePlans(state);
	plantTemplates(state);
	return state;
}

module.exports = { createState };
