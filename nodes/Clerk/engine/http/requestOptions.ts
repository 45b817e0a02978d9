import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { API_VERSION } from '../../../../credentials/clerkKey';
import { InvalidInputError } from '../operation/invalidInput';
import { HALF_CHARACTER, hasHalfCharacter } from '../operation/values';
import type { ApiRequest, QueryValue } from '../operation/wire';
import { multipart, Upload } from './upload';

/**
 * Given up after this long without any data; Clerk responds in milliseconds. n8n's own is 300 s
 * (docs/n8n-notes.md, 4).
 */
const TIMEOUT_MS = 60_000;

/** For a whole request; an upload of any size has time for it over a slow line. */
const DEADLINE_MS = 120_000;
const UPLOAD_BYTES_PER_MS = 50;

/** Returns the milliseconds after which a request has failed, whatever has come of its response by then. */
export const deadlineFor = ({ body }: Pick<IHttpRequestOptions, 'body'>): number =>
	DEADLINE_MS + (Buffer.isBuffer(body) ? body.length / UPLOAD_BYTES_PER_MS : 0);

/**
 * Returns a request as n8n's request helper takes it; the credential adds the key.
 *
 * @throws InvalidInputError when a file cannot be sent
 */
export async function toRequestOptions(
	baseUrl: string,
	{ method, path, query, body, apiVersion = API_VERSION }: ApiRequest,
): Promise<IHttpRequestOptions> {
	if (query) rejectHalfCharacters(query);
	const encoded = body && (await encodeBody(body));
	return {
		method,
		url: `${baseUrl}${path}`,
		qs: query as IDataObject | undefined,
		// docs/n8n-notes.md, 3
		arrayFormat: 'repeat',
		headers: {
			Accept: 'application/json',
			'Clerk-API-Version': apiVersion,
			...(encoded && { 'Content-Type': encoded.contentType }),
		},
		// Text in both directions: n8n does not send an empty object (docs/n8n-notes.md, 1), and axios
		// returns JSON that does not parse as text (2).
		body: encoded?.body,
		encoding: 'text',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout: TIMEOUT_MS,
	};
}

/** Rejects half of a character, at which the encoding of the address would fail. @throws InvalidInputError */
function rejectHalfCharacters(query: Record<string, QueryValue>): void {
	const found = Object.entries(query).find((entry) => entry.some(hasHalfCharacter));
	if (found) throw new InvalidInputError(found[0], HALF_CHARACTER);
}

const encodeBody = async (body: IDataObject) =>
	Object.values(body).some((value) => value instanceof Upload)
		? await multipart(body)
		: { body: JSON.stringify(body), contentType: 'application/json' };
