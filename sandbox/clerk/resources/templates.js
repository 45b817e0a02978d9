'use strict';

const { missing, refuse } = require('../errors');
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
	fields({ body }) {
		const needed = body.custom_signing_key ? ['signing_algorithm', 'signing_key'] : [];
		refuse(...needed.filter((name) => !body[name]).map(missing));
		return body;
	},
});

const VARIABLE = /\{\{([\w.]+)\}\}/g;

/** @param {string | null} words */
const filled = (words) => words?.replace(VARIABLE, (_, name) => `[${name}]`);

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
		/** What Clerk ships, where it was changed. */
		before: null,
	}),
	shown: ({ before, body }) => ({
		instance_id: before ? 'ins_sandbox' : null,
		resource_type: before ? 'user' : 'system',
		position: 0,
		can_revert: before !== null,
		can_delete: false,
		can_edit_body: true,
		can_toggle: false,
		available_variables: ['app.name', 'app.url', ...namesIn(body)],
		required_variables: [],
		enabled: true,
		flagged_as_suspicious: false,
	}),
	fields({ body, row: { before, ...shipped } }) {
		return { ...body, before: before ?? shipped };
	},
	routes: {
		'PUT /templates/{template_type}/{slug}': {},
		'POST /templates/{template_type}/{slug}/preview': ({ row, body }) => {
			const { subject, body: words, from_email_name: from } = { ...row, ...body };
			const address = `${from}@company.example`;
			return { subject: filled(subject), body: filled(words), from_email_address: address };
		},
		'POST /templates/{template_type}/{slug}/revert': ({ row, save }) =>
			save({ ...row.before, before: null }),
		'POST /templates/{template_type}/{slug}/toggle_delivery': ({ body, save }) => save(body),
	},
});

/** @param {string} words */
function namesIn(words) {
	return [...words.matchAll(VARIABLE)].map(([, name]) => name);
}

module.exports = {
	jwtTemplates,
	messageTemplates,
	routes: { ...jwtTemplates.routes, ...messageTemplates.routes },
};
