'use strict';

const { newInvitation, presentInvitation } = require('./invitation');

/**
 * @typedef {object} ListedIdentifier on the allowlist or the blocklist
 * @property {string} id
 * @property {string} identifier
 * @property {'email_address' | 'phone_number' | 'web3_wallet'} identifier_type
 * @property {string} instance_id
 * @property {string} [invitation_id] of the allowlist only
 * @property {number} created_at
 * @property {number} updated_at
 *
 * @typedef {object} WaitlistRow
 * @property {string} id
 * @property {string} email_address
 * @property {'pending' | 'invited' | 'completed' | 'rejected'} status
 * @property {boolean} is_locked
 * @property {string | null} invitation_id
 * @property {number | null} invited_at
 * @property {number} created_at
 * @property {number} updated_at
 */

/** @typedef {import('../state').State} State */

const WAITLIST_STATUSES = /** @type {const} */ (['pending', 'invited', 'completed', 'rejected']);

/** @param {string} identifier */
const typeOf = (identifier) =>
	identifier.includes('@')
		? 'email_address'
		: identifier.startsWith('+')
			? 'phone_number'
			: 'web3_wallet';

/** @param {State} state @param {string} prefix @param {{ identifier: string, invitation_id?: string, at?: number }} fields @returns {ListedIdentifier} */
function newListedIdentifier(state, prefix, { identifier, at = state.clock(), ...fields }) {
	return {
		identifier,
		identifier_type: typeOf(identifier),
		instance_id: 'ins_sandbox',
		...fields,
		created_at: at,
		updated_at: at,
		id: state.newId(prefix, at),
	};
}

/** @param {State} state @param {Partial<WaitlistRow> & { email_address: string }} fields @returns {WaitlistRow} */
function newWaitlistEntry(state, fields) {
	const at = fields.created_at ?? state.clock();
	return {
		status: 'pending',
		is_locked: false,
		invitation_id: null,
		invited_at: null,
		created_at: at,
		updated_at: at,
		...fields,
		email_address: fields.email_address.toLowerCase(),
		id: state.newId('wle', at),
	};
}

/** @param {WaitlistRow} entry @param {State} state */
function presentWaitlistEntry({ invitation_id: invitationId, invited_at, ...shown }, state) {
	const invitation = state.invitations.get(invitationId ?? '');
	return {
		object: 'waitlist_entry',
		...shown,
		...(invitation && { invitation: presentInvitation(state, invitation) }),
	};
}

/** The invitation that somebody on the waitlist gets, and the entry that then holds it. @param {State} state @param {WaitlistRow} entry */
function invited(state, entry) {
	const invitation = newInvitation(state, {
		email_address: entry.email_address,
		template_slug: 'waitlist_invitation',
	});
	state.invitations.insert(invitation);
	const status = /** @type {const} */ ('invited');
	return { status, invitation_id: invitation.id, invited_at: state.clock() };
}

module.exports = {
	WAITLIST_STATUSES,
	invited,
	newListedIdentifier,
	newWaitlistEntry,
	presentWaitlistEntry,
};
