import { isUnavailable } from '../../engine/http/outcome';
import type { ClerkRecord, OperationContext } from '../../engine/operation';
import type { Objection } from '../shared/guards';

/** The instance that the key belongs to. */
export interface Instance {
	/** Empty if Clerk does not tell it. */
	id: string;
	/** `development` or `production`; undefined if Clerk does not tell it. */
	environment?: string;
}

/** @throws RequestError */
export async function readInstance({ send }: Pick<OperationContext, 'send'>): Promise<Instance> {
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

/** Returns why the run is stopped before a user is read; undefined in a development instance. */
export function checkInstance(
	{ environment }: Instance,
	hasLiveKey: boolean,
	alsoInProduction: boolean,
): Objection | undefined {
	if (alsoInProduction || (environment === 'development' && !hasLiveKey)) return undefined;
	const sentence = hasLiveKey
		? 'the secret key is that of a production instance (sk_live_)'
		: environment === undefined
			? 'Clerk does not say that this is a development instance'
			: `this is no development instance, but ${environment}`;
	return {
		sentence,
		advice: "Choose a credential of the development instance, or add 'Also in Production'.",
	};
}
