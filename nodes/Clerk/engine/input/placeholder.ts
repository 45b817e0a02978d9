/** Text that is there for want of a value: what programs write for nothing, and the errors of a sheet. */

const PLACEHOLDER =
	/^(?:null|nil|undefined|none|nan|n\/a|\[object object\]|[-\u2010-\u2015?#]+|#(?:n\/a|null!|ref!|value!|num!|name\?|div\/0!|spill!|calc!))$/i;

/** Whether a text is no value, although it is not empty: two records could become one by it. */
export const isPlaceholder = (text: string): boolean => PLACEHOLDER.test(text);

export const NOT_A_VALUE = { hint: 'Leave the cell empty if there is no value' };
