import type { ApiRequest, ClerkRecord, Send } from '../../engine/operation';
import { fillPath } from '../../engine/request/buildRequest';
import type { UpsertPlan } from './plan';

/**
 * Sends the requests of a plan.
 *
 * @param found - the user before; undefined if it is created
 * @returns the user after
 * @throws RequestError, CancelledError
 */
export async function applyUpsert(
	{ requests }: UpsertPlan,
	found: ClerkRecord | undefined,
	send: Send,
): Promise<ClerkRecord> {
	let response: unknown = found;
	for (const request of requests) response = await send(request);
	const last = requests.at(-1);
	if (!last || returnsUser(last)) return response as ClerkRecord;
	const path = fillPath('/users/{id}', { id: found?.id });
	return (await send({ method: 'GET', path })) as ClerkRecord;
}

/** Whether the response is the user, and not an email address or a phone number. */
const returnsUser = ({ path }: ApiRequest): boolean => path.startsWith('/users');
