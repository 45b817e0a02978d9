'use strict';

const { includesText, signed } = require('../lists');
const { publicOrganizationData } = require('../records/organization');
const { defineResource } = require('../resource');
const { findOrganization } = require('./organizations');

/** @param {boolean} isVerified */
const affiliation = (isVerified) => ({
	status: isVerified ? 'verified' : 'unverified',
	strategy: isVerified ? 'admin' : 'affiliation_email_code',
	attempts: null,
	expire_at: null,
	verified_at: null,
});

const PATH = '/organizations/{organization_id}/domains';

module.exports = defineResource({
	path: PATH,
	table: 'organizationDomains',
	prefix: 'orgdmn',
	parent: findOrganization,
	defaults: () => ({ affiliation_verification: affiliation(true) }),
	shown: ({ organization_id: id, affiliation_verification: verification }, state) => ({
		verification,
		public_organization_data: publicOrganizationData(state, id),
	}),
	unique: ['name'],
	fields: ({ body: { verified = null, ...body } }) => ({
		...body,
		...(verified !== null && { affiliation_verification: affiliation(verified) }),
	}),
	filters: {
		verified: (wanted) => (row) =>
			(row.affiliation_verification.status === 'verified') === (wanted === 'true'),
		// Several in one value, with commas between them.
		enrollment_mode: (wanted) =>
			signed([wanted].flat().join().split(','), (row, mode) => row.enrollment_mode === mode),
		domains: (wanted) => (row) => wanted.includes(row.name),
		query: (wanted) => (row) =>
			[row.id, row.organization_id].includes(wanted) || includesText([row.name], wanted),
	},
	routes: {
		'GET /organization_domains': {},
		[`POST ${PATH}/{domain_id}/verify_ownership`]: ({ state, row, save }) => {
			const now = { ...affiliation(true), strategy: 'manual_override', verified_at: state.clock() };
			return save({ ownership_verification: row.ownership_verification ?? now });
		},
	},
});
