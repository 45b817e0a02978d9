import { isUnavailable } from '../../engine/http/outcome';
import type { ClerkRecord, Send } from '../../engine/operation';

/** The instance that the key belongs to. */
export interface Instance {
	/** Empty if Clerk does not say. */
	id: string;
	/** `development` or `production`; undefined if Clerk does not say. */
	environment?: string;
}

/** @throws RequestError */
export async function readInstance(send: Send): Promise<Instance> {
	const read = send({ method: 'GET', path: '/instance' }).catch((error: unknown) => {
		if (isUnavailable(error)) return {};
		throw error as Error;
	});
	const { id, environment_type: environment } = ((await read) ?? {}) as ClerkRecord;
	return {
		id: typeof id === 'string' ? id : '',
		...(typeof environment === 'string' && { environment }),
	};
}
