import type { Objection } from '../shared/guards';
import type { Instance } from '../shared/instance';

/** Returns why the run is stopped before a user is read; undefined in a development instance. */
export function checkInstance(
	{ environment }: Instance,
	hasLiveKey: boolean,
	alsoInProduction: boolean,
): Objection | undefined {
	if (alsoInProduction || (environment === 'development' && !hasLiveKey)) return undefined;
	const sentence = hasLiveKey
		? 'the secret key is for a production instance (sk_live_)'
		: environment === undefined
			? 'Clerk does not say that this is a development instance'
			: `this is a ${environment} instance, not a development one`;
	return {
		sentence,
		advice: "Choose a credential of the development instance, or add 'Also in Production'.",
	};
}
