/** Phone numbers as people type them, in the spelling of E.164: a plus sign, the country code, the number. */

/** Country codes have one digit, two or three (ITU-T E.164, list of assigned codes). */
const COUNTRY_CODE = /^\+(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|[2-9]\d\d)/;

/**
 * Countries whose numbers can begin with a zero that belongs to them: Italy, San Marino, and some of
 * West Africa (libphonenumber's metadata). In all others it is a trunk zero, dialled within the country only.
 */
const ZERO_BELONGS = ['+39', '+378', '+225', '+226', '+227', '+229', '+241', '+242'];

/** Countries whose numbers have ten digits: more are an extension, or another prefix (Russia dials 8 within). */
const TEN_DIGITS = ['+1', '+7'];

const E164 = /^\+[1-9]\d{4,14}$/;

/** What people put between the digits: blanks, brackets, dots, slashes and every kind of hyphen. */
const BETWEEN = /[\s()./\u2010-\u2015\u2212-]/g;

/**
 * Returns a number in E.164, or why it is none, with the number to write where the text tells it.
 * `(0)` after the country code is dropped; a trunk zero without brackets is not, as it may be a typo.
 */
export function readPhoneNumber(text: string): string | { hint?: string } {
	// After a slash, so few digits are another extension, as in +49 30 1234567/68.
	if (/\/\s*\d{1,3}\s*$/.test(text)) return {};
	const typed = text
		.replace(/^tel:/i, '')
		.replace(/^'/, '')
		.replace(/^\s*\uff0b/, '+');
	const [, code, rest] = /^\s*(\+[\d\s.-]*?)\s*\(0\)(.*)$/s.exec(typed) ?? [];
	if (code !== undefined) {
		const country = code.replace(BETWEEN, '');
		const digits = rest.replace(BETWEEN, '');
		const isCountry = COUNTRY_CODE.exec(country)?.[0] === country;
		if (!isCountry || rest.includes('(0)')) return {};
		if (ZERO_BELONGS.includes(country)) {
			if (!E164.test(`${country}${digits}`)) return {};
			return {
				hint: `Write it as ${country}0${digits} or ${country}${digits}: in this country a zero can belong to the number`,
			};
		}
		return checked(`${country}${digits}`);
	}
	const digits = typed.replace(BETWEEN, '');
	if (/^00[1-9]\d+$/.test(digits)) {
		const written = checked(`+${digits.slice(2)}`);
		return typeof written === 'string' ? { hint: `Write it as ${written}` } : written;
	}
	return checked(digits);
}

function checked(digits: string): string | { hint?: string } {
	if (!E164.test(digits)) return {};
	const [country = ''] = COUNTRY_CODE.exec(digits) ?? [];
	const number = digits.slice(country.length);
	if (TEN_DIGITS.includes(country) && number.length > 10) return {};
	if (!number.startsWith('0') || ZERO_BELONGS.includes(country)) return digits;
	// Hungary dials 06 within the country.
	const trunk = country === '+36' ? /^06/ : /^0+/;
	const without = `${country}${number.replace(trunk, '')}`;
	return E164.test(without) ? { hint: `Write it without the zero: ${without}` } : {};
}
