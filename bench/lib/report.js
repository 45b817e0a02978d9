'use strict';

/**
 * Figures, and the table that they are in: Markdown, for a terminal and for `docs/benchmarks.md`.
 *
 * @typedef {import('../run').Result} Result
 * @typedef {import('../run').Figure} Figure
 */

/** @param {number} value @param {number} [digits] after the point */
const grouped = (value, digits = 0) =>
	value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** @type {Record<Figure['unit'], (value: number) => string>} */
const WRITTEN = {
	ms: (value) => `${grouped(value, value < 1 ? 2 : value < 100 ? 1 : 0)} ms`,
	s: (value) => `${grouped(value, 2)} s`,
	bytes(value) {
		if (value < 1000) return `${value} B`;
		return value < 1e7 ? `${grouped(value / 1000, 1)} KB` : `${grouped(value / 1e6, 1)} MB`;
	},
	lines: (value) => `${grouped(value, Number.isInteger(value) ? 0 : 1)} lines`,
	'': (value) => grouped(value, Number.isInteger(value) ? 0 : 2),
};

/** @param {Figure['unit']} unit */
const figureIn =
	(unit) =>
	/** @param {string} name @param {Array<number | null>} values of each subject @param {number} [limit] what this node's is not to exceed @returns {Figure} */
	(name, values, limit) => ({ name, unit, values, limit });

/** @type {(figure: Figure) => boolean} */
const isOver = ({ values: [own], limit }) =>
	limit !== undefined && (own === null || !(own <= limit));

/** A row of the table: this node's figure, the others with how many times that is, and the limit. @param {Figure} figure */
function rowOf(figure) {
	const { name, unit, values, limit } = figure;
	const [own] = values;
	const cells = values.map((value, subject) => {
		if (value === null) return '–';
		const ratio = own && subject > 0 ? value / own : undefined;
		const times = ratio === undefined ? '' : ` (${grouped(ratio, ratio < 10 ? 2 : 0)} ×)`;
		return `${WRITTEN[unit](value)}${times}`;
	});
	const over = isOver(figure) ? ', which it is over' : '';
	return [name, ...cells, limit === undefined ? '' : `${WRITTEN[unit](limit)}${over}`];
}

/** @type {(result: Result) => string} */
function toMarkdown({ subjects, figures, date, machine, conditions, small }) {
	const head = ['', ...subjects, 'Limit'];
	const lines = [head, head.map(() => '---'), ...figures.map(rowOf)];
	const table = lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
	const size = small ? ['small: the times say nothing'] : [];
	const circumstances = [date, machine, ...conditions, ...size].join('; ');
	return `${table}\n\n× is how many times the figure of ${subjects[0]}. Measured ${circumstances}.`;
}

module.exports = {
	bytes: figureIn('bytes'),
	count: figureIn(''),
	grouped,
	isOver,
	lines: figureIn('lines'),
	ms: figureIn('ms'),
	seconds: figureIn('s'),
	toMarkdown,
};
