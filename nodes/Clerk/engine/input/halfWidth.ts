/** Characters as keyboards of East Asia type them: as wide as two. */

const FULL_WIDTH = /[\uff01-\uff5e]/g;

/** Returns a text with the characters of ASCII in place of their wide forms: `ａ＠ｂ` becomes `a@b`. */
export const toHalfWidth = (text: string): string =>
	text.replace(FULL_WIDTH, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
