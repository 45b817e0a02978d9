'use strict';

const reasons = require('./errors.json');

/**
 * @typedef {{ code: string, message: string, long_message: string, meta?: Values }} ErrorEntry
 * @typedef {false | null | undefined | ''} Nothing
 * @typedef {keyof typeof reasons} Reason
 * @typedef {(param: string, reason?: string) => ErrorEntry} Complaint
 */

/** Everything the Backend API refuses leaves a handler as one of these. */
class ClerkError extends Error {
	/** @param {number} status @param {ErrorEntry[]} errors @param {Record<string, string>} [headers] */
	constructor(status, errors, headers = {}) {
		super(errors.map(({ long_message }) => long_message).join('; '));
		this.status = status;
		this.errors = errors;
		this.headers = headers;
	}
}

/** @type {(code: string, message: string, long_message?: string, meta?: Values) => ErrorEntry} */
const entry = (code, message, long_message = message, meta) => ({
	code,
	message,
	long_message,
	...(meta && { meta }),
});

/**
 * Clerk reports all complaints at once, so this is one to collect, and not an error to throw.
 *
 * @type {(param: string, code: string, message: string, longMessage?: string) => ErrorEntry}
 */
const aboutParam = (param, code, message, longMessage = message) =>
	entry(code, message, longMessage, { param_name: param });

/** @type {(code: string, message: string, usual?: string) => Complaint} */
const complaint =
	(code, message, usual) =>
	(param, reason = usual) =>
		aboutParam(param, code, message, `${param} ${reason}.`);

const badFormat = complaint('form_param_format_invalid', 'is invalid');
const badValue = complaint('form_param_value_invalid', 'is invalid');
const missing = complaint('form_param_missing', 'is missing', 'must be included');

const notValid = 'is not a valid parameter for this request';
const unknownParam = complaint('form_param_unknown', 'is unknown', notValid);

/** @param {string} param */
function taken(param) {
	const message = `That ${param.replaceAll('_', ' ')} is taken.`;
	return aboutParam(param, 'form_identifier_exists', message, `${message} Please try another.`);
}

/** @param {(ErrorEntry | Nothing)[]} complaints of which those that are none do not count */
function refuse(...complaints) {
	const found = complaints.filter((one) => typeof one === 'object' && one !== null);
	if (found.length > 0) throw new ClerkError(422, found);
}

/** @type {Record<string, { status: number, code?: string, message: string, meta?: string[] }>} */
const REASONS = reasons;

/** With the texts of `errors.json`, filled in. @type {(name: Reason, details?: Values) => ClerkError} */
function refusal(name, details = {}) {
	const { status, code = name, message, meta } = /** @type {typeof REASONS['']} */ (REASONS[name]);
	const filled = (/** @type {string} */ text) =>
		text.replace(/\{(\w+)\}/g, (_, detail) => [details[detail]].flat().join(', '));
	const about = meta && Object.fromEntries(meta.map((detail) => [detail, details[detail]]));
	return new ClerkError(status, [entry(filled(code), filled(message), filled(message), about)]);
}

/** @param {unknown} condition that refuses @param {Reason} name @param {Values} [details] */
function refuseIf(condition, name, details) {
	if (condition) throw refusal(name, details);
}

/** @param {string} resource @param {string} [id] left out where a secret names the resource */
function notFound(resource, id) {
	const named = id === undefined ? '' : ` with id ${id}`;
	const message = `No ${resource} was found${named}.`;
	return new ClerkError(404, [entry('resource_not_found', 'not found', message)]);
}

/** Refuses what is not there. @type {<T>(row: T, resource: string, id?: string) => NonNullable<T>} */
function found(row, resource, id) {
	if (row == null) throw notFound(resource, id);
	return row;
}

module.exports = {
	ClerkError,
	aboutParam,
	badFormat,
	badValue,
	entry,
	found,
	missing,
	notFound,
	refusal,
	refuse,
	refuseIf,
	taken,
	unknownParam,
};
