'use strict';

const { defineResource } = require('../resource');

const jwtTemplates = defineResource({
	path: '/jwt_templates',
	table: 'jwtTemplates',
	prefix: 'jtmp',
	defaults: () => ({
		claims: {},
		lifetime: 60,
		allowed_clock_skew: 5,
		custom_signing_key: false,
		signing_algorithm: 'RS256',
	}),
	unique: ['name'],
});

const VARIABLE = /\{\{([\w.]+)\}\}/g;

const TEMPLATE = '/templates/{template_type}/{slug}';

const messageTemplates = defineResource({
	path: '/templates/{template_type}',
	table: 'messageTemplates',
	prefix: 'tmpl',
	isNamed: ({ slug }, name) => slug === name,
	order: '+created_at',
	defaults: () => ({
		markup: '',
		from_email_name: 'notifications',
		reply_to_email_name: '',
		delivered_by_clerk: true,
		position: 0,
		can_delete: false,
		can_edit_body: true,
		can_toggle: false,
		enabled: true,
		flagged_as_suspicious: false,
		required_variables: [],
		/** What Clerk ships, where it was changed. */
		before: null,
	}),
	shown: ({ before, body }) => ({
		instance_id: before ? 'ins_sandbox' : null,
		resource_type: before ? 'user' : 'system',
		can_revert: before !== null,
		available_variables: [...body.matchAll(VARIABLE)].map(([, name]) => name),
	}),
	fields: ({ body, row: { before, ...shipped } }) => ({ ...body, before: before ?? shipped }),
	routes: {
		[`PUT ${TEMPLATE}`]: {},
		// In place of a variable is its name in brackets.
		[`POST ${TEMPLATE}/preview`]: ({ row, body }) => {
			const { subject, body: words, from_email_name: from } = { ...row, ...body };
			const filled = (/** @type {string | null} */ text) => text?.replace(VARIABLE, '[$1]');
			const from_email_address = `${from}@company.example`;
			return { subject: filled(subject), body: filled(words), from_email_address };
		},
		[`POST ${TEMPLATE}/revert`]: ({ row, save }) => save({ ...row.before, before: null }),
		[`POST ${TEMPLATE}/toggle_delivery`]: ({ body, save }) => save(body),
	},
});

module.exports = {
	jwtTemplates,
	routes: { ...jwtTemplates.routes, ...messageTemplates.routes },
};
