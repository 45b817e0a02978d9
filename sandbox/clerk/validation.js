'use strict';

const { Ajv } = require('ajv');
const addFormats = require('ajv-formats').default;
const errors = require('./errors');

const { aboutParam, badFormat, badValue } = errors;

/** @typedef {import('ajv').ErrorObject} Finding */

/** In a list of objects, the field and not the number of the object. @param {Finding} finding */
const nameOf = ({ instancePath, params }) =>
	params.additionalProperty ??
	params.missingProperty ??
	instancePath.split('/').find((step) => /\D/.test(step)) ??
	'';

const list = new Intl.ListFormat('en');

/** @param {Schema} alternative */
const inWords = ({ const: value, minimum }) =>
	minimum === undefined ? String(value) : `at least ${minimum}`;

/** One sentence about alternatives. @param {string} name @param {Finding} finding */
function alternatives(name, { keyword, schema }) {
	const fields = schema.flatMap((/** @type {Schema} */ { required = [] }) => required);
	if (fields.length === 0) return badValue(name, `must be ${schema.map(inWords).join(', or ')}`);
	const names = list.format(fields);
	if (name === '') {
		const sentence = `One of ${names} must be included.`;
		return aboutParam(fields[0], 'form_param_missing', 'is missing', sentence);
	}
	return badValue(name, `needs ${keyword === 'oneOf' ? 'exactly one' : 'one'} of ${names}`);
}

/** @type {Record<string, (name: string, finding: Finding) => ErrorEntry>} */
const COMPLAINTS = {
	additionalProperties: (name) => errors.unknownParam(name),
	anyOf: alternatives,
	oneOf: alternatives,
	required: (name) => errors.missing(name),
	dependencies: (name) => errors.missing(name),
	type: (name, { params }) => badFormat(name, `must be of type ${params.type}`),
	format: (name, { params }) => badFormat(name, `must be a valid ${params.format}`),
	pattern: (name) => badFormat(name, 'has characters or a form that are not allowed'),
	enum: (name, { params }) => badValue(name, `must be one of ${params.allowedValues.join(', ')}`),
};

/** @param {Finding} finding */
function complaint(finding) {
	const { keyword, message = 'is invalid' } = finding;
	return COMPLAINTS[keyword]?.(nameOf(finding), finding) ?? badValue(nameOf(finding), message);
}

/** @param {Finding[]} findings */
function toClerkError(findings) {
	const isNoObject = findings.some((found) => found.keyword === 'type' && !found.instancePath);
	if (isNoObject) return errors.refusal('request_body_invalid');
	// Of a condition, what was not met is a finding of its own; of alternatives, it is part of theirs.
	const wholes = findings.filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf');
	const own = findings.filter(
		({ keyword, schemaPath }) =>
			keyword !== 'if' && !wholes.some((whole) => schemaPath.startsWith(`${whole.schemaPath}/`)),
	);
	return new errors.ClerkError(422, own.map(complaint));
}

// With the schema in a finding, which has the alternatives.
const options = { allErrors: true, strict: false, verbose: true };
const bodies = addFormats(new Ajv(options));
const queries = addFormats(new Ajv({ ...options, coerceTypes: 'array', useDefaults: true }));

// Clerk keeps the first of a repeated parameter that is not a list.
/** @param {Schema} schema @param {Values} query */
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

module.exports = { validatorCompiler };
