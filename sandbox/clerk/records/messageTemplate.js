'use strict';

/**
 * @typedef {object} MessageTemplateRow
 * @property {string} id
 * @property {'email' | 'sms'} template_type
 * @property {string} slug
 * @property {string} name
 * @property {string | null} subject
 * @property {string} body
 * @property {string} markup
 * @property {string} from_email_name
 * @property {string} reply_to_email_name
 * @property {boolean} delivered_by_clerk
 * @property {Partial<MessageTemplateRow> | null} before what Clerk ships, where it was changed
 * @property {number} created_at
 * @property {number} updated_at
 */

/** @typedef {import('../state').State} State */

/** @type {[type: 'email' | 'sms', slug: string, name: string, body: string][]} */
const SHIPPED = [
	['email', 'verification_code', 'Verification code', '{{otp_code}} is your code'],
	['email', 'invitation', 'Invitation', 'You are invited: {{action_url}}'],
	['email', 'organization_invitation', 'Organization invitation', 'Join {{org.name}}'],
	['sms', 'verification_code', 'Verification code', '{{otp_code}} is your code for {{app.name}}'],
	['sms', 'reset_password_code', 'Reset password code', '{{otp_code}} resets your password'],
];

/** Every instance has them. @param {State} state */
function plantMessageTemplates(state) {
	for (const [type, slug, name, body] of SHIPPED) {
		state.messageTemplates.insert({
			id: state.newId('tmpl'),
			template_type: type,
			slug,
			name,
			subject: type === 'email' ? name : null,
			body,
			markup: '',
			from_email_name: 'notifications',
			reply_to_email_name: '',
			delivered_by_clerk: true,
			before: null,
			created_at: state.clock(),
			updated_at: state.clock(),
		});
	}
}

/** @param {string} body */
const variablesIn = (body) => [...body.matchAll(/\{\{([\w.]+)\}\}/g)].map(([, name]) => name);

/** @param {MessageTemplateRow} row */
const presentMessageTemplate = ({ before, ...shown }) => ({
	object: 'template',
	...shown,
	instance_id: before ? 'ins_sandbox' : null,
	resource_type: before ? 'user' : 'system',
	position: 0,
	can_revert: before !== null,
	can_delete: false,
	can_edit_body: true,
	can_toggle: false,
	available_variables: ['app.name', 'app.url', ...variablesIn(shown.body)],
	required_variables: [],
	enabled: true,
	flagged_as_suspicious: false,
});

module.exports = { plantMessageTemplates, presentMessageTemplate };
