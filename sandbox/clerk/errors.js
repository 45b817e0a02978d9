'use strict';

/**
 * @typedef {object} ErrorEntry
 * @property {string} code
 * @property {string} message
 * @property {string} long_message
 * @property {Record<string, unknown>} [meta]
 */

/** Everything the Backend API refuses leaves a handler as one of these. */
class ClerkError extends Error {
	/**
	 * @param {number} status
	 * @param {ErrorEntry[]} errors
	 * @param {Record<string, string>} [headers]
	 */
	constructor(status, errors, headers = {}) {
		super(errors.map(({ long_message }) => long_message).join('; '));
		this.status = status;
		this.errors = errors;
		this.headers = headers;
	}
}

/**
 * @param {string} code
 * @param {string} message
 * @param {string} [longMessage]
 * @param {Record<string, unknown>} [meta]
 * @returns {ErrorEntry}
 */
const entry = (code, message, longMessage = message, meta = undefined) => ({
	code,
	message,
	long_message: longMessage,
	...(meta && { meta }),
});

/**
 * A complaint about one parameter. Clerk reports all of them at once, so this is an entry to
 * collect and not an error to throw.
 *
 * @param {string} param
 * @param {string} code
 * @param {string} message
 * @param {string} longMessage
 */
const aboutParam = (param, code, message, longMessage) =>
	entry(code, message, longMessage, { param_name: param });

/** @param {string} code @param {string} message @returns {(param: string, reason: string) => ErrorEntry} */
const complaint = (code, message) => (param, reason) =>
	aboutParam(param, code, message, `${param} ${reason}.`);

const badFormat = complaint('form_param_format_invalid', 'is invalid');
const badValue = complaint('form_param_value_invalid', 'is invalid');

/** @param {string} param */
const missing = (param) => complaint('form_param_missing', 'is missing')(param, 'must be included');

/** @param {string} param */
const unknownParam = (param) =>
	complaint('form_param_unknown', 'is unknown')(param, 'is not a valid parameter for this request');

/** @param {string} param */
function taken(param) {
	const message = `That ${param.replaceAll('_', ' ')} is taken.`;
	return aboutParam(param, 'form_identifier_exists', message, `${message} Please try another.`);
}

/** @param {(ErrorEntry | false | null | undefined | '')[]} complaints of which those that are none do not count */
function refuse(...complaints) {
	const found = complaints.filter((one) => typeof one === 'object' && one !== null);
	if (found.length > 0) throw new ClerkError(422, found);
}

/**
 * Refused for a reason that is about no single parameter.
 *
 * @param {number} status
 * @param {string} code
 * @param {string} message
 * @param {Record<string, unknown>} [meta]
 */
const refusal = (status, code, message, meta) =>
	new ClerkError(status, [entry(code, message, message, meta)]);

/** @param {string} resource @param {string} id */
function notFound(resource, id) {
	const message = `No ${resource} was found with id ${id}.`;
	return new ClerkError(404, [entry('resource_not_found', 'not found', message)]);
}

/** @param {number} retryAfter seconds */
const tooManyRequests = (retryAfter) =>
	new ClerkError(429, [entry('too_many_requests', 'Too many requests, retry later')], {
		'retry-after': String(retryAfter),
	});

module.exports = {
	ClerkError,
	badFormat,
	badValue,
	entry,
	aboutParam,
	missing,
	notFound,
	refusal,
	refuse,
	taken,
	tooManyRequests,
	unknownParam,
};
