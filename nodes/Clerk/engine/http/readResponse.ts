import type { IN8nHttpFullResponse } from 'n8n-workflow';

import { withoutSecret, withoutSecretIn } from '../../../../credentials/clerkKey';
import type { ApiRequest } from '../operation';
import { outcomeOf } from './outcome';
import type { Outcome } from './outcome';

/** Escapes in JSON of characters that keys consist of. Clerk escapes none of them, but does `&`, `<` and `>`. */
const ESCAPED_KEY_CHARACTER = /\\u00(?:2d|3[0-9]|[46][1-9a-f]|[57][0-9a]|5f)/i;

/**
 * Reads a response, with the secret key masked should it contain it. Masking takes far longer than
 * parsing, so it looks for other spellings of the key only where there can be one.
 *
 * @param date - Unix milliseconds
 */
export function readResponse(
	response: IN8nHttpFullResponse,
	secretKey: string,
	request: ApiRequest,
	date: number,
): Outcome {
	const body: unknown = response.body;
	const given = typeof body === 'string' ? body : '';
	const text = given.includes(secretKey) ? withoutSecret(given, secretKey) : given;
	const outcome = outcomeOf(response, text, request, date);
	if (outcome.kind !== 'response' || !ESCAPED_KEY_CHARACTER.test(text)) return outcome;
	return { ...outcome, body: withoutSecretIn(outcome.body, secretKey) };
}
