import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { API_VERSION } from '../../../../credentials/clerkKey';
import type { ApiRequest } from '../operation/wire';
import { multipart, Upload } from './upload';

/** An answer of Clerk's takes milliseconds; one that takes this long does not come. n8n would wait 300 s. */
const TIMEOUT_MS = 60_000;

/** A request in the words of n8n's helper; the credential adds the key. */
export async function toRequestOptions(
	baseUrl: string,
	{ method, path, query, body, apiVersion = API_VERSION }: ApiRequest,
	abortSignal: AbortSignal | undefined,
): Promise<IHttpRequestOptions> {
	const encoded = body && (await encodeBody(body));
	return {
		method,
		url: `${baseUrl}${path}`,
		qs: query as IDataObject | undefined,
		arrayFormat: 'repeat',
		headers: {
			Accept: 'application/json',
			'Clerk-API-Version': apiVersion,
			...(encoded && { 'Content-Type': encoded.contentType }),
		},
		// As text both ways: n8n's helper drops an empty object, and hands out broken JSON as if it were text.
		body: encoded?.body,
		encoding: 'text',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout: TIMEOUT_MS,
		abortSignal,
	};
}

const encodeBody = async (body: IDataObject) =>
	Object.values(body).some((value) => value instanceof Upload)
		? await multipart(body)
		: { body: JSON.stringify(body), contentType: 'application/json' };
