'use strict';

const Table = require('cli-table3');

/**
 * @typedef {import('../run').Result} Result
 * @typedef {import('../run').Figure} Figure
 */

const NOTHING = '–';

/** @type {(value: number, digits: number) => string} */
const grouped = (value, digits) =>
	value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** @type {Record<Figure['unit'], (value: number) => string>} */
const WRITTEN = {
	ms: (value) => `${grouped(value, value < 1 ? 2 : value < 100 ? 1 : 0)} ms`,
	s: (value) => `${grouped(value, 2)} s`,
	bytes: (value) => (value < 1000 ? `${value} B` : `${grouped(value / 1000, 1)} KB`),
	lines: (value) => `${grouped(value, Number.isInteger(value) ? 0 : 1)} lines`,
	'': (value) => grouped(value, Number.isInteger(value) ? 0 : 2),
};

/** @param {number} ratio */
const times = (ratio) => `${grouped(ratio, ratio < 10 ? 2 : 0)} ×`;

/** @type {(figure: Figure) => boolean} */
const isOver = ({ values: [own], limit }) =>
	limit !== undefined && (own === null || !(own <= limit));

/** @type {(result: Result) => string[][]} the head first */
function rowsOf({ subjects, figures }) {
	const head = ['', ...subjects, 'Limit'];
	const rows = figures.map((figure) => {
		const { name, unit, values, limit } = figure;
		const [own, ...others] = values.map((value) =>
			value === null ? NOTHING : WRITTEN[unit](value),
		);
		const compared = others.map((text, index) => {
			const [ours, theirs] = [values[0], values[index + 1]];
			return ours && theirs !== null ? `${text} (${times(theirs / ours)})` : text;
		});
		const over = isOver(figure) ? ', which it is over' : '';
		return [name, own, ...compared, limit === undefined ? '' : `${WRITTEN[unit](limit)}${over}`];
	});
	return [head, ...rows];
}

/** @type {(result: Result) => string} */
function circumstances({ date, machine, conditions, small }) {
	const size = small ? ['small: the times say nothing'] : [];
	return [date, machine, ...conditions, ...size].join('; ');
}

/** For a terminal. @type {(result: Result) => string} */
function toText(result) {
	const [head, ...rows] = rowsOf(result);
	const table = new Table({ head, style: { head: [], border: [] } });
	table.push(...rows);
	const legend = `× is how many times the figure of ${result.subjects[0]}.`;
	return [result.title, table.toString(), legend, circumstances(result)].join('\n');
}

/** For `docs/benchmarks.md`. @type {(result: Result) => string} */
function toMarkdown(result) {
	const [head, ...rows] = rowsOf(result);
	const line = (/** @type {string[]} */ cells) => `| ${cells.join(' | ')} |`;
	const table = [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
	const legend = `× is how many times the figure of ${result.subjects[0]}. Measured ${circumstances(result)}.`;
	return `${table}\n\n${legend}`;
}

module.exports = { isOver, toMarkdown, toText };
