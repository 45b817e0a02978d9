/** Signing secrets as Clerk's dashboard shows them: `whsec_` and the key in base64. */

const PREFIX = 'whsec_';

/** Svix makes keys of 24 bytes; the Standard Webhooks specification allows up to 64. */
const FEWEST_BYTES = 16;

/**
 * Splits pasted text: there are several secrets while one is rotated. A password field strips line
 * breaks, so there may be nothing between them.
 */
const secretsIn = (text: unknown): string[] =>
	String(text ?? '')
		.split(/[\s,;]+|(?=whsec_)/)
		.filter((secret) => secret !== '');

const decodeSecret = (secret: string): Buffer | undefined => {
	const base64 = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret;
	if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined;
	const key = Buffer.from(base64, 'base64');
	return key.length < FEWEST_BYTES ? undefined : key;
};

/** Returns why the secrets cannot be used, as a sentence that contains none of them; undefined where they can. */
export function reasonToRejectSecrets(text: unknown): string | undefined {
	const secrets = secretsIn(text);
	if (secrets.length === 0) {
		return 'The signing secret is empty. Copy it from the endpoint’s page in the Clerk Dashboard, under Configure → Webhooks.';
	}
	const at = secrets.findIndex((secret) => decodeSecret(secret) === undefined);
	if (at < 0) return undefined;
	const which =
		secrets.length > 1 ? `Signing secret ${at + 1} of ${secrets.length}` : 'The signing secret';
	if (/^[sp]k_(test|live)_/.test(secrets[at])) {
		return `${which} is a Clerk API key. The signing secret of the webhook starts with ${PREFIX}.`;
	}
	return `${which} is incomplete or is something else. It starts with ${PREFIX}; copy it again from the endpoint’s page in the Clerk Dashboard.`;
}

/** Decodes the secrets; leaves out those that `reasonToRejectSecrets` names. */
export const keysOf = (text: unknown): Buffer[] =>
	secretsIn(text).flatMap((secret) => decodeSecret(secret) ?? []);
