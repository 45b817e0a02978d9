'use strict';

const { imageOfOrganization } = require('./organization');

/**
 * @typedef {object} Verification
 * @property {string} status
 * @property {string} strategy
 * @property {number | null} attempts
 * @property {number | null} expire_at
 * @property {number | null} verified_at
 *
 * @typedef {object} OrganizationDomainRow
 * @property {string} id
 * @property {string} organization_id
 * @property {string} name
 * @property {string} enrollment_mode
 * @property {Verification} affiliation_verification
 * @property {Verification | null} ownership_verification
 * @property {number} created_at
 * @property {number} updated_at
 */

/** @typedef {import('../state').State} State */

/** @param {boolean} isVerified @returns {Verification} */
const affiliation = (isVerified) => ({
	status: isVerified ? 'verified' : 'unverified',
	strategy: isVerified ? 'admin' : 'affiliation_email_code',
	attempts: null,
	expire_at: null,
	verified_at: null,
});

/**
 * @param {State} state
 * @param {Partial<OrganizationDomainRow> & { organization_id: string, name: string }} fields
 * @returns {OrganizationDomainRow}
 */
function newOrganizationDomain(state, fields) {
	const at = fields.created_at ?? state.clock();
	return {
		enrollment_mode: 'manual_invitation',
		affiliation_verification: affiliation(true),
		ownership_verification: null,
		created_at: at,
		updated_at: at,
		...fields,
		id: state.newId('orgdmn', at),
	};
}

/** @param {OrganizationDomainRow} domain @param {State} state */
function presentOrganizationDomain(domain, state) {
	const organization = state.organizations.get(domain.organization_id);
	return {
		object: 'organization_domain',
		...domain,
		affiliation_email_address: null,
		verification: domain.affiliation_verification,
		total_pending_invitations: 0,
		total_pending_suggestions: 0,
		public_organization_data: organization && {
			id: organization.id,
			name: organization.name,
			slug: organization.slug,
			...imageOfOrganization(organization),
		},
	};
}

module.exports = { affiliation, newOrganizationDomain, presentOrganizationDomain };
