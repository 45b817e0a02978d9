'use strict';

const { Ajv } = require('ajv');
const addFormats = require('ajv-formats').default;
const { ClerkError, badFormat, badValue, entry, missing, unknownParam } = require('./errors');

/** @typedef {Record<string, any>} Schema JSON schema, written with the helpers below */
/** @typedef {import('ajv').ErrorObject} Finding */

const text = { type: 'string' };
const flag = { type: 'boolean' };
const integer = { type: 'integer' };
const email = { type: 'string', format: 'email' };
/** E.164 */
const phone = { type: 'string', pattern: '^\\+[1-9][0-9]{6,14}$' };
const texts = { type: 'array', items: text };
const timestamp = { type: 'string', format: 'date-time' };
const anyObject = { type: 'object', additionalProperties: true };

/** The filters that take up to a hundred values. */
const upTo100 = { ...texts, maxItems: 100 };

/** @param {Schema} schema @returns {Schema} */
const nullable = (schema) => ({ ...schema, nullable: true });

/** @param {readonly unknown[]} values @returns {Schema} */
const oneOf = (values) => ({ enum: values });

/** A body in which Clerk refuses what it does not know. @param {Record<string, Schema>} properties @param {string[]} [required] */
const closed = (properties, required = []) => ({
	type: 'object',
	additionalProperties: false,
	properties,
	required,
});

/** A body in which Clerk ignores what it does not know. @param {Record<string, Schema>} properties @param {string[]} required */
const open = (properties, required = []) => ({ type: 'object', properties, required });

/** A body with several of something. @param {number} maxItems @param {Schema} items */
const listOf = (maxItems, items) => ({ type: 'array', minItems: 1, maxItems, items });

/** @param {readonly string[]} fields @param {string} [byDefault] */
const orderBy = (fields, byDefault) => ({
	type: 'string',
	enum: fields.flatMap((field) => [field, `+${field}`, `-${field}`]),
	...(byDefault && { default: byDefault }),
});

const paging = {
	limit: { ...integer, minimum: 1, maximum: 500, default: 10 },
	offset: { ...integer, minimum: 0, default: 0 },
};

/** In a list of objects, the field and not the number of the object. @param {Finding} finding */
const nameOf = ({ instancePath, params }) =>
	params.additionalProperty ??
	params.missingProperty ??
	instancePath.split('/').find((step) => /\D/.test(step)) ??
	'';

/** @type {Record<string, (name: string, finding: Finding) => import('./errors').ErrorEntry>} */
const COMPLAINTS = {
	additionalProperties: unknownParam,
	required: missing,
	type: (name, { params }) => badFormat(name, `must be of type ${params.type}`),
	format: (name, { params }) => badFormat(name, `must be a valid ${params.format}`),
	pattern: (name) => badFormat(name, 'has characters or a form that are not allowed'),
	enum: (name, { params }) => badValue(name, `must be one of ${params.allowedValues.join(', ')}`),
};

/** @param {Finding} finding */
const complaint = (finding) =>
	(COMPLAINTS[finding.keyword] ?? ((name) => badValue(name, finding.message ?? 'is invalid')))(
		nameOf(finding),
		finding,
	);

/** @param {Finding[]} findings */
function toClerkError(findings) {
	const notAnObject = findings.some((found) => found.keyword === 'type' && !found.instancePath);
	if (notAnObject)
		return new ClerkError(400, [entry('request_body_invalid', 'Request body invalid')]);
	return new ClerkError(422, findings.map(complaint));
}

const options = { allErrors: true, strict: false };
const bodies = addFormats(new Ajv(options));
const queries = addFormats(new Ajv({ ...options, coerceTypes: 'array', useDefaults: true }));

/**
 * Clerk keeps the first of a repeated parameter that is not a list.
 *
 * @param {Schema} schema
 * @param {Record<string, unknown>} query
 */
function keepFirst(schema, query) {
	for (const [name, value] of Object.entries(query)) {
		const isList = schema.properties[name]?.type === 'array';
		if (Array.isArray(value) && !isList) query[name] = value[0];
	}
	return query;
}

/** What fastify asks for. @param {{ schema: Schema, httpPart?: string }} route */
function validatorCompiler({ schema, httpPart }) {
	const isQuery = httpPart === 'querystring';
	/** @type {import('ajv').ValidateFunction | undefined} */
	let compiled;

	/** @param {any} data */
	return function check(data) {
		// Not before it is asked for: there are hundreds, of which most runs need a few.
		const validate = (compiled ??= (isQuery ? queries : bodies).compile(schema));
		const value = isQuery ? keepFirst(schema, data) : (data ?? {});
		return validate(value) ? { value } : { error: toClerkError(validate.errors ?? []) };
	};
}

module.exports = {
	anyObject,
	closed,
	email,
	flag,
	integer,
	listOf,
	nullable,
	oneOf,
	open,
	orderBy,
	paging,
	phone,
	text,
	texts,
	timestamp,
	upTo100,
	validatorCompiler,
};
