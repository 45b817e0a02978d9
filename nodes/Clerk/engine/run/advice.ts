import type { ClerkError } from '../http/outcome';
import type { ApiRequest, Operation } from '../operation';

/** Clerk's responses → what to do about them. */

/**
 * Returns what to do about a response.
 *
 * @param errors - in the body, in Clerk's shape
 * @returns '' where nothing is known
 */
export function advice(
	status: number,
	request: ApiRequest,
	errors: ClerkError[],
	operation?: Operation,
): string {
	const own = operation?.advice?.find(
		(one) =>
			one.status === status && (!one.about || errors.some((error) => says(error, one.about!))),
	);
	if (own) return own.text;
	switch (status) {
		case 400:
		case 409:
		case 422:
			return 'Correct what Clerk reports, and run the item again.';
		case 401:
			return 'Check the secret key in the credential: it must belong to this instance and environment, and must not be revoked.';
		case 402:
			return "The instance's plan does not include this. See the plans in the Clerk Dashboard.";
		case 403:
			return 'The key is not allowed to do this, or the feature is turned off in the Clerk Dashboard.';
		case 404:
			return `Clerk has no record at ${request.path}: check the ID, and that the key belongs to the same instance.`;
		case 429:
			return "Clerk's rate limit for this key, or for this kind of request, was still used up after several tries. Check what else uses this key, lower Concurrency or the credential's share of the limit, and run the items again later.";
		default:
			if (status >= 300 && status < 400)
				return 'Check the API URL in the credential: it redirects.';
			return status >= 500 ? "This failed on Clerk's side; try again later." : '';
	}
}

const says = ({ message, long_message: long }: ClerkError, text: RegExp): boolean =>
	text.test(String(message)) || text.test(String(long));
