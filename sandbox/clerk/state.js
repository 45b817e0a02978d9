'use strict';

const { createIds } = require('./ids');
const { Table } = require('./table');

/**
 * @typedef {object} State
 * @property {() => number} clock
 * @property {(prefix: string, at?: number) => string} newId
 * @property {{ passwordRequired: boolean }} instance
 * @property {Table<import('./records/user').UserRow>} users
 * @property {Table<import('./records/organization').OrganizationRow>} organizations
 * @property {Table<import('./records/membership').MembershipRow>} memberships
 * @property {Table<import('./records/session').SessionRow>} sessions
 */

/** @typedef {import('./records/user').Identification} Identification */

/**
 * @param {readonly Identification[]} identifications
 * @param {'email_address' | 'phone_number' | 'web3_wallet'} field
 */
const identifiers = (identifications, field) =>
	identifications.map((identification) => identification[field] ?? null);

/**
 * The tables of one Clerk instance. An index serves both what must be unique and what is looked
 * up by something else than its id.
 *
 * @param {{ clock: () => number, instance?: Partial<State['instance']> }} options
 * @returns {State}
 */
function createState({ clock, instance }) {
	return {
		clock,
		newId: createIds(clock),
		instance: { passwordRequired: true, ...instance },
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
	};
}

module.exports = { createState };
