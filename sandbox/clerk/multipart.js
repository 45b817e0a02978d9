'use strict';

const { refusal } = require('./errors');

/**
 * The fields of a form, of files what was sent: undici's strict reader finds out whether a client sends
 * what a server can read.
 *
 * @param {string} contentType
 * @param {Buffer} body
 * @returns {Promise<Values>}
 */
async function parseForm(contentType, body) {
	const headers = { 'content-type': contentType };
	const form = await new Response(body, { headers }).formData().catch((error) => {
		throw refusal(400, 'request_body_invalid', `Not multipart: ${error.message}`);
	});
	/** @type {Values} */
	const fields = {};
	for (const [name, value] of form) {
		if (typeof value === 'string') fields[name] = value;
		else {
			const bytes = Buffer.from(await value.arrayBuffer());
			fields[name] = { filename: value.name, type: value.type.split(';')[0], bytes };
		}
	}
	return fields;
}

/** The form without the bytes, for the request log. @param {Values} form */
const summary = (form) =>
	Object.fromEntries(
		Object.entries(form).map(([name, value]) => {
			if (typeof value === 'string') return [name, value];
			return [name, { filename: value.filename, type: value.type, size: value.bytes.length }];
		}),
	);

module.exports = { parseForm, summary };
