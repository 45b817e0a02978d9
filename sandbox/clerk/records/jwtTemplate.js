'use strict';

/**
 * @typedef {object} JwtTemplateRow
 * @property {string} id
 * @property {string} name
 * @property {Record<string, unknown>} claims
 * @property {number} lifetime seconds
 * @property {number} allowed_clock_skew seconds
 * @property {boolean} custom_signing_key
 * @property {string} signing_algorithm
 * @property {string | null} [signing_key] never shown
 * @property {number} created_at
 * @property {number} updated_at
 */

/** @typedef {import('../state').State} State */

/** @param {State} state @param {Partial<JwtTemplateRow> & { name: string }} fields @returns {JwtTemplateRow} */
const newJwtTemplate = (state, fields) => ({
	id: state.newId('jtmp'),
	claims: {},
	lifetime: 60,
	allowed_clock_skew: 5,
	custom_signing_key: false,
	signing_algorithm: 'RS256',
	created_at: state.clock(),
	updated_at: state.clock(),
	...fields,
});

/** @param {State} state @param {string} name */
const plantJwtTemplate = (state, name) =>
	state.jwtTemplates.insert(newJwtTemplate(state, { name, claims: { aud: name } }));

/** @param {JwtTemplateRow} row */
const presentJwtTemplate = ({ signing_key, ...shown }) => ({ object: 'jwt_template', ...shown });

module.exports = { newJwtTemplate, plantJwtTemplate, presentJwtTemplate };
