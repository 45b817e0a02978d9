import { InvalidInputError } from '../operation';
import { HALF_CHARACTER, hasHalfCharacter } from '../operation/values';

/** Paths as people type them → paths that a server can read in one way only. */

/** The first segment of Clerk's Platform API, which takes keys of its own. */
const PLATFORM_API = 'platform';

/**
 * Returns the path, encoded, with a leading slash.
 *
 * @param text - below the API's base URL; its segments may be percent-encoded
 * @throws InvalidInputError for a path that leaves the base URL or can be read in two ways
 */
export function readPath(text: string, label: string): string {
	const invalid = (reason: string) => new InvalidInputError(label, reason);
	const path = text.trim();
	if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(path)) {
		throw invalid("must be below the credential's API URL: enter only the part after it");
	}
	if (/[?#]/.test(path)) throw invalid('must not contain "?" or "#": put the query in Query');
	const segments = path.replace(/^\//, '').replace(/\/$/, '').split('/');
	const decoded = segments.map((segment) => decodeSegment(segment, invalid));
	if (decoded[0].toLowerCase() === PLATFORM_API) {
		throw invalid("belongs to Clerk's Platform API, which this credential is not for");
	}
	if (/^v\d+$/i.test(decoded[0])) {
		throw invalid(`must not begin with ${decoded[0]}, which is part of the credential's API URL`);
	}
	return `/${decoded.map(encodeURIComponent).join('/')}`;
}

function decodeSegment(segment: string, invalid: (reason: string) => InvalidInputError): string {
	const text = tryDecode(segment);
	if (text === undefined) throw invalid('is not encoded correctly for a URL');
	if (text === '') throw invalid('has an empty part');
	if (text === '.' || text === '..') throw invalid(`must not contain "${text}"`);
	// A server may decode more than once, which would make another path of these.
	if (/[/\\%]/.test(text))
		throw invalid('must not contain a slash, a backslash or a percent sign within a part');
	if (/\p{Cc}|\p{Surrogate}/u.test(text))
		throw invalid('contains a character that a URL cannot contain');
	if (/[{}]/.test(text)) throw invalid(`still contains ${text}: replace it with a value`);
	return text;
}

function tryDecode(segment: string): string | undefined {
	try {
		return decodeURIComponent(segment);
	} catch {
		return undefined;
	}
}

/** Returns one segment of a path, percent-encoded. @throws InvalidInputError for a value that would change the path, such as ".." */
export function encodeSegment(text: string, label: string): string {
	if (text === '') throw new InvalidInputError(label, 'is empty');
	if (text === '.' || text === '..') throw new InvalidInputError(label, `must not be "${text}"`);
	if (hasHalfCharacter(text)) throw new InvalidInputError(label, HALF_CHARACTER);
	return encodeURIComponent(text);
}
