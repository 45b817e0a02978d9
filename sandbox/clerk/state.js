'use strict';

const { createIds } = require('./ids');
const { plantFreePlans } = require('./records/catalogue');
const { plantJwtTemplate } = require('./records/jwtTemplate');
const { plantMessageTemplates } = require('./records/messageTemplate');
const { plantDefaultRoles } = require('./records/role');
const { plantDefaultRoleSet } = require('./records/roleSet');
const { newSettings } = require('./records/settings');
const { Table } = require('./table');

/**
 * @typedef {object} State
 * @property {() => number} clock
 * @property {(prefix: string, at?: number) => string} newId
 * @property {{ id: string, environmentType: 'development' | 'staging' | 'production', passwordRequired: boolean, jwtTemplates: string[] }} instance
 * @property {Table<import('./records/user').UserRow>} users
 * @property {Table<import('./records/organization').OrganizationRow>} organizations
 * @property {Table<import('./records/membership').MembershipRow>} memberships
 * @property {Table<import('./records/session').SessionRow>} sessions
 * @property {Table<import('./records/trustedDevice').TrustedDeviceRow>} trustedDevices
 * @property {Table<import('./records/image').ImageRow>} images
 * @property {Table<import('./records/billing').LedgerRow>} creditLedger
 * @property {Table<import('./records/billing').SubscriptionRow>} subscriptions
 * @property {Table<import('./records/role').RoleRow>} roles
 * @property {Table<import('./records/role').PermissionRow>} permissions
 * @property {Table<import('./records/roleSet').RoleSetRow>} roleSets
 * @property {Table<import('./records/organizationDomain').OrganizationDomainRow>} organizationDomains
 * @property {Table<import('./records/machine').MachineRow>} machines
 * @property {Table<import('./records/m2mToken').M2mTokenRow>} m2mTokens
 * @property {Table<import('./records/apiKey').ApiKeyRow>} apiKeys
 * @property {Table<import('./records/invitation').InvitationRow>} invitations
 * @property {Table<import('./records/organizationInvitation').OrganizationInvitationRow>} organizationInvitations
 * @property {Table<import('./records/verification').VerificationRow>} verifications
 * @property {Table<import('./records/accessList').ListedIdentifier>} allowlist
 * @property {Table<import('./records/accessList').ListedIdentifier>} blocklist
 * @property {Table<import('./records/accessList').WaitlistRow>} waitlist
 * @property {Table<import('./records/domain').DomainRow>} domains
 * @property {Table<import('./records/domain').RedirectUrlRow>} redirectUrls
 * @property {Table<import('./records/signIn').SignUpRow>} signUps
 * @property {Table<import('./records/signIn').TicketRow>} signInTokens
 * @property {Table<import('./records/signIn').TicketRow>} actorTokens
 * @property {Table<import('./records/signIn').AgentTaskRow>} agentTasks
 * @property {Table<import('./records/enterpriseConnection').ConnectionRow>} enterpriseConnections
 * @property {Table<import('./records/enterpriseConnection').TestRunRow>} testRuns
 * @property {Table<import('./records/directory').DirectoryRow>} directories
 * @property {Table<import('./records/directory').MappingRow>} groupRoleMappings
 * @property {Table<import('./resources/adminPortalLinkTokens').LinkTokenRow>} adminPortalLinkTokens
 * @property {Table<import('./records/catalogue').PlanRow>} billingPlans
 * @property {Table<import('./records/catalogue').PriceRow>} billingPrices
 * @property {Table<import('./records/jwtTemplate').JwtTemplateRow>} jwtTemplates
 * @property {Table<import('./records/messageTemplate').MessageTemplateRow>} messageTemplates
 * @property {Table<import('./records/oauthApplication').OAuthApplicationRow>} oauthApplications
 * @property {Table<import('./records/oauthApplication').OAuthTokenRow>} oauthTokens
 * @property {import('./records/settings').Settings} settings
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
	/** @type {State} */
	const state = {
		clock,
		newId: createIds(clock),
		instance: {
			id: 'ins_sandbox',
			environmentType: 'development',
			passwordRequired: true,
			jwtTemplates: ['supabase'],
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
		trustedDevices: new Table({ user_id: (device) => [device.user_id] }),
		images: new Table(),
		creditLedger: new Table({
			payer_id: (row) => [row.payer_id],
			idempotency_key: (row) => [row.idempotency_key],
		}),
		subscriptions: new Table({ payer_id: (row) => [row.payer_id] }),
		roles: new Table({ key: (role) => [role.key] }),
		permissions: new Table({ key: (permission) => [permission.key] }),
		roleSets: new Table({ key: (set) => [set.key] }),
		organizationDomains: new Table({ organization_id: (domain) => [domain.organization_id] }),
		machines: new Table({
			secret_key: (machine) => [machine.secret_key, machine.previous_key?.key ?? null],
		}),
		m2mTokens: new Table({ subject: (row) => [row.subject], token: (row) => [row.token] }),
		apiKeys: new Table({ subject: (row) => [row.subject], secret: (row) => [row.secret] }),
		invitations: new Table({ email_address: (invitation) => [invitation.email_address] }),
		organizationInvitations: new Table({
			organization_id: (invitation) => [invitation.organization_id],
			email_address: (invitation) => [invitation.email_address],
		}),
		verifications: new Table(),
		allowlist: new Table({ identifier: (row) => [row.identifier] }),
		blocklist: new Table({ identifier: (row) => [row.identifier] }),
		waitlist: new Table({ email_address: (entry) => [entry.email_address] }),
		domains: new Table({ name: (domain) => [domain.name] }),
		redirectUrls: new Table({ url: (row) => [row.url] }),
		signUps: new Table(),
		signInTokens: new Table(),
		actorTokens: new Table(),
		agentTasks: new Table(),
		enterpriseConnections: new Table({ saml_id: (row) => [row.saml?.id ?? null] }),
		testRuns: new Table({ enterprise_connection_id: (run) => [run.enterprise_connection_id] }),
		directories: new Table(),
		groupRoleMappings: new Table({ directory_id: (mapping) => [mapping.directory_id] }),
		adminPortalLinkTokens: new Table(),
		billingPlans: new Table(),
		billingPrices: new Table(),
		jwtTemplates: new Table({ name: (template) => [template.name] }),
		messageTemplates: new Table({ slug: (row) => [`${row.template_type} ${row.slug}`] }),
		oauthApplications: new Table(),
		oauthTokens: new Table({ token: (row) => [row.token], grant: (row) => [row.grant] }),
		settings: newSettings(),
	};
	plantDefaultRoles(state);
	plantDefaultRoleSet(state);
	plantFreePlans(state);
	plantMessageTemplates(state);
	for (const name of state.instance.jwtTemplates) plantJwtTemplate(state, name);
	return state;
}

module.exports = { createState };
