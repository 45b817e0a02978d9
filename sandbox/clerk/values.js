'use strict';

/** @typedef {Record<string, any>} Values */

/** @type {(values: Values, fits: (value: any, name: string) => unknown) => Values} */
const pickBy = (values, fits) =>
	Object.fromEntries(Object.entries(values).filter(([name, value]) => fits(value, name)));

/** @param {Values} values */
const withoutNull = (values) => pickBy(values, (value) => value !== null);

/** @type {<T>(values: Record<string, T>, change: (value: T, name: string) => any) => Record<string, any>} */
const mapValues = (values, change) =>
	Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value, name)]));

module.exports = { mapValues, pickBy, withoutNull };
