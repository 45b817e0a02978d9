'use strict';

/**
 * What is set for a whole instance, in the groups that the API has a route for.
 *
 * @typedef {ReturnType<typeof newSettings>} Settings
 */

/** As in a new instance. */
const newSettings = () => ({
	instance: {
		/** @type {string[]} */
		allowed_origins: ['http://localhost:3000'],
		home_url: 'https://www.company.example',
		svix: false,
	},
	auth: {
		restricted_to_allowlist: false,
		from_email_address: 'notifications',
		progressive_sign_up: true,
	},
	restrictions: {
		allowlist: false,
		blocklist: false,
		allowlist_blocklist_disabled_on_sign_in: false,
		block_email_subaddresses: false,
		block_disposable_email_domains: false,
	},
	communication: {
		/** @type {string[]} */
		blocked_country_codes: [],
	},
	oauth: {
		dynamic_oauth_client_registration: false,
		default_scopes: ['profile', 'email'],
		oauth_jwt_access_tokens: false,
		client_id_metadata_documents_advertised: false,
		client_id_metadata_documents_only_allow_pre_registered_clients: false,
		client_id_metadata_documents_block_implicitly_allowed_clients: false,
	},
	organizations: {
		enabled: true,
		max_allowed_memberships: 5,
		creator_role: 'org:admin',
		admin_delete_enabled: true,
		domains_enabled: false,
		slug_disabled: false,
		/** @type {string[]} */
		domains_enrollment_modes: [],
		domains_default_role: 'org:member',
	},
	protect: { rules_enabled: false, specter_enabled: false },
});

module.exports = { newSettings };
