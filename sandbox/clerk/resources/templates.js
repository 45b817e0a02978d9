'use strict';

const { defineResource, together } = require('../resource');

const jwtTemplates = defineResource({
	path: '/jwt_templates',
	table: 'jwtTemplates',
	prefix: 'jtmp',
	unique: ['name'],
});

const VARIABLE = /\{\{([\w.]+)\}\}/g;

/** @param {string} body */
const namesIn = (body) => [...body.matchAll(VARIABLE)].map(([, name]) => name);

const TEMPLATE = '/templates/{template_type}/{slug}';

const messageTemplates = defineResource({
	path: '/templates/{template_type}',
	table: 'messageTemplates',
	prefix: 'tmpl',
	isNamed: ({ slug }, name) => slug === name,
	order: '+created_at',
	// `before`: what Clerk ships, where it was changed.
	shown: ({ before, body }) => ({
		instance_id: before ? 'ins_sandbox' : null,
		resource_type: before ? 'user' : 'system',
		can_revert: before !== null,
		available_variables: ['app.name', 'app.url', ...namesIn(body)],
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

module.exports = together({ jwtTemplates, messageTemplates });
