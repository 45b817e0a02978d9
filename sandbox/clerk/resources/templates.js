'use strict';

const { crud } = require('../crud');
const { missing, notFound, refuse, taken } = require('../errors');
const { withTotal } = require('../lists');
const { newJwtTemplate, presentJwtTemplate } = require('../records/jwtTemplate');
const { presentMessageTemplate } = require('../records/messageTemplate');
const { anyObject, closed, flag, integer, nullable, open, paging, text } = require('../validation');

/** @typedef {import('../state').State} State */
/** @typedef {import('../records/jwtTemplate').JwtTemplateRow} JwtTemplateRow */
/** @typedef {import('../records/messageTemplate').MessageTemplateRow} MessageTemplateRow */
/** @typedef {Record<string, any>} Body */

const jwtTemplates = crud({
	object: 'jwt_template',
	table: (/** @type {State} */ state) => state.jwtTemplates,
	present: presentJwtTemplate,
});

const jwtTemplateSchema = open(
	{
		name: text,
		claims: anyObject,
		lifetime: nullable({ ...integer, minimum: 30, maximum: 315_360_000 }),
		allowed_clock_skew: nullable({ ...integer, minimum: 0, maximum: 300 }),
		custom_signing_key: flag,
		signing_algorithm: nullable(text),
		signing_key: nullable(text),
	},
	['name', 'claims'],
);

/** @param {State} state @param {Body} body @param {JwtTemplateRow} [self] @returns {any} */
function fieldsOf(state, body, self) {
	const needed = body.custom_signing_key ? ['signing_algorithm', 'signing_key'] : [];
	const others = state.jwtTemplates.where('name', body.name).filter((other) => other !== self);
	refuse(
		...needed.filter((name) => !body[name]).map(missing),
		...(others.length > 0 ? [taken('name')] : []),
	);
	return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));
}

/** @param {State} state @param {Record<string, string>} params */
function find(state, { template_type: type, slug }) {
	const [row] = state.messageTemplates.where('slug', `${type} ${slug}`);
	if (!row) throw notFound('template', slug ?? '');
	return row;
}

/** @param {State} state @param {MessageTemplateRow} row @param {Partial<MessageTemplateRow>} changes */
const save = (state, row, changes) =>
	presentMessageTemplate(
		state.messageTemplates.update(row, { ...changes, updated_at: state.clock() }),
	);

const content = {
	subject: nullable(text),
	body: text,
	from_email_name: text,
	reply_to_email_name: text,
};

/** @type {import('../server').Routes} */
module.exports = {
	'GET /jwt_templates': jwtTemplates.arrayUnlessPaginated(),
	'POST /jwt_templates': jwtTemplates.create(jwtTemplateSchema, (state, body) =>
		newJwtTemplate(state, fieldsOf(state, body)),
	),
	'GET /jwt_templates/{template_id}': jwtTemplates.get('template_id'),
	'PATCH /jwt_templates/{template_id}': jwtTemplates.update(
		'template_id',
		jwtTemplateSchema,
		(body, row, state) => fieldsOf(state, body, row),
	),
	'DELETE /jwt_templates/{template_id}': jwtTemplates.delete('template_id'),
	'GET /templates/{template_type}': {
		query: open({ ...paging, paginated: flag }),
		respond: ({ state, params, query }) => {
			const rows = state.messageTemplates.rows.filter(
				(row) => row.template_type === params.template_type,
			);
			const page = withTotal(rows, query, presentMessageTemplate);
			return query.paginated ? page : page.data;
		},
	},
	'GET /templates/{template_type}/{slug}': {
		respond: ({ state, params }) => presentMessageTemplate(find(state, params)),
	},
	'PUT /templates/{template_type}/{slug}': {
		body: closed({
			...content,
			name: text,
			markup: nullable(text),
			delivered_by_clerk: nullable(flag),
		}),
		respond: ({ state, params, body }) => {
			const row = find(state, params);
			const { before, ...shipped } = row;
			const changes = Object.entries(body).filter(([, value]) => value !== null);
			return save(state, row, { ...Object.fromEntries(changes), before: before ?? shipped });
		},
	},
	'POST /templates/{template_type}/{slug}/preview': {
		body: closed(content),
		respond: ({ state, params, body }) => {
			const row = { ...find(state, params), ...body };
			const filled = (/** @type {string | null} */ words) =>
				words?.replace(/\{\{([\w.]+)\}\}/g, (_, name) => `[${name}]`);
			return {
				subject: filled(row.subject),
				body: filled(row.body),
				from_email_address: `${row.from_email_name}@company.example`,
			};
		},
	},
	'POST /templates/{template_type}/{slug}/revert': {
		respond: ({ state, params }) => {
			const row = find(state, params);
			return save(state, row, { ...row.before, before: null });
		},
	},
	'POST /templates/{template_type}/{slug}/toggle_delivery': {
		body: closed({ delivered_by_clerk: flag }),
		respond: ({ state, params, body }) => save(state, find(state, params), body),
	},
};
