'use strict';

const { compare } = require('./lists');
const { orderBy, text } = require('./validation');

/**
 * What a list takes that is searched by id or by parts of some texts, and ordered by them or by
 * creation: the query's schema, and the choice among the rows (newest first).
 *
 * @param {string[]} fields
 * @returns {[query: Record<string, import('./validation').Schema>, choose: (rows: any[], query: any) => any[]]}
 */
const searchable = (...fields) => [
	{ query: text, order_by: orderBy(['created_at', ...fields], '-created_at') },
	(rows, { query, order_by: by }) => {
		const wanted = query?.toLowerCase();
		const found = rows.filter(
			(row) =>
				wanted === undefined ||
				row.id === query ||
				fields.some((field) => row[field].toLowerCase().includes(wanted)),
		);
		const field = by.replace(/^[+-]/, '');
		const oldest = found.reverse();
		if (field !== 'created_at') oldest.sort((a, b) => compare(a[field], b[field]));
		return by.startsWith('-') ? oldest.reverse() : oldest;
	},
];

/** In what changes a record, `null` stands for "not given". @param {Record<string, any>} body */
const given = (body) =>
	Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));

module.exports = { given, searchable };
