import { InvalidInputError } from '../operation';

/** A path that a person wrote → the same path in one spelling, which nothing can read as another. */

/** Of another API, which answers under other keys. */
const ELSEWHERE = 'platform';

/**
 * @param text - below the API's base URL; its parts may be percent-encoded
 * @returns the path, encoded
 * @throws InvalidInputError for what would leave the base URL, or could be read in two ways
 */
export function readPath(text: string, label: string): string {
	const complain = (complaint: string) => new InvalidInputError(label, complaint);
	const path = text.trim();
	if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(path)) {
		throw complain("must be below the credential's API URL: give only what follows that");
	}
	if (/[?#]/.test(path)) throw complain('must not hold "?" or "#": give what follows in Query');
	const segments = path.replace(/^\//, '').replace(/\/$/, '').split('/');
	const decoded = segments.map((segment) => decode(segment, complain));
	if (decoded[0].toLowerCase() === ELSEWHERE) {
		throw complain("is of Clerk's Platform API, which this credential is not for");
	}
	if (/^v\d+$/i.test(decoded[0])) {
		throw complain(`must not begin with ${decoded[0]}, which is part of the credential's API URL`);
	}
	return `/${decoded.map(encodeURIComponent).join('/')}`;
}

function decode(segment: string, complain: (complaint: string) => InvalidInputError): string {
	const text = decoded(segment);
	if (text === undefined) throw complain('is not encoded as an address needs it');
	if (text === '') throw complain('has an empty part');
	if (text === '.' || text === '..') throw complain(`must not hold "${text}"`);
	// A server may decode more than once, and take one for the other.
	if (/[/\\%]/.test(text))
		throw complain('must not hold a slash, a backslash or a percent sign within a part');
	if (/\p{Cc}|\p{Surrogate}/u.test(text))
		throw complain('holds a character that no address can hold');
	if (/[{}]/.test(text)) throw complain(`still holds ${text}: put the value in its place`);
	return text;
}

function decoded(segment: string): string | undefined {
	try {
		return decodeURIComponent(segment);
	} catch {
		return undefined;
	}
}

/** One part of a path, percent-encoded. @throws InvalidInputError for what is no part of a path, such as ".." */
export function encodeSegment(text: string, label: string): string {
	if (text === '') throw new InvalidInputError(label, 'is empty');
	if (text === '.' || text === '..') throw new InvalidInputError(label, `must not be "${text}"`);
	if (/\p{Surrogate}/u.test(text)) {
		throw new InvalidInputError(label, 'contains half of a character, which no address can hold');
	}
	return encodeURIComponent(text);
}
