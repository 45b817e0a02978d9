'use strict';

const { refusal } = require('./errors');

/**
 * @typedef {object} FormFile
 * @property {string} filename
 * @property {string} type
 * @property {Buffer} bytes
 *
 * @typedef {Record<string, string | FormFile>} Form
 */

const CRLF = Buffer.from('\r\n');
const BLANK_LINE = Buffer.from('\r\n\r\n');

/** @param {string} reason */
const malformed = (reason) => refusal(400, 'request_body_invalid', `Not multipart: ${reason}.`);

/** @param {string} header @param {string} name such as `filename` */
function parameter(header, name) {
	const found = new RegExp(`;\\s*${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^;\\s]+))`, 'i').exec(header);
	return found && (found[1]?.replace(/\\(.)/g, '$1') ?? found[2] ?? '');
}

/** @param {Buffer} part a header, a blank line and what is sent */
function parsePart(part) {
	const end = part.indexOf(BLANK_LINE);
	if (end < 0) throw malformed('a part has no header');
	const headers = Object.fromEntries(
		part
			.toString('utf8', 0, end)
			.split('\r\n')
			.map((line) => /** @type {const} */ ([line, line.indexOf(':')]))
			.map(([line, at]) => [line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()]),
	);
	const disposition = headers['content-disposition'] ?? '';
	const name = parameter(disposition, 'name');
	if (!/^form-data\b/i.test(disposition) || name === null) {
		throw malformed('a part has no name');
	}
	const filename = parameter(disposition, 'filename');
	const bytes = part.subarray(end + BLANK_LINE.length);
	const type = (headers['content-type'] ?? 'application/octet-stream').toLowerCase();
	const [mediaType = ''] = type.split(';');
	return { name, value: filename === null ? String(bytes) : { filename, type: mediaType, bytes } };
}

/**
 * Strict, as what it is for is to find out whether a client sends what a server can read.
 *
 * @param {string} contentType
 * @param {Buffer} body
 * @returns {Form}
 */
function parseForm(contentType, body) {
	const boundary = parameter(contentType, 'boundary');
	if (!boundary) throw malformed('no boundary');
	const delimiter = Buffer.from(`\r\n--${boundary}`);
	// The first delimiter is at the very beginning, and then has no line before it.
	const whole = Buffer.concat([CRLF, body]);
	const parts = [];
	let at = whole.indexOf(delimiter);
	if (at < 0) throw malformed('it has none of the boundaries its header names');
	for (;;) {
		const start = at + delimiter.length;
		const next = whole.subarray(start, start + 2).toString();
		if (next === '--') break;
		if (next !== '\r\n') throw malformed('what follows a boundary is no line break');
		at = whole.indexOf(delimiter, start);
		if (at < 0) throw malformed('it breaks off');
		parts.push(parsePart(whole.subarray(start + 2, at)));
	}
	return Object.fromEntries(parts.map(({ name, value }) => [name, value]));
}

/** The form without the bytes, for the request log. @param {Form} form */
const summary = (form) =>
	Object.fromEntries(
		Object.entries(form).map(([name, value]) => {
			if (typeof value === 'string') return [name, value];
			return [name, { filename: value.filename, type: value.type, size: value.bytes.length }];
		}),
	);

module.exports = { parseForm, summary };
