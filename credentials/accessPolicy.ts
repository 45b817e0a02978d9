/** What a credential allows: everything, everything but deletes, or only reading. */
export type AccessPolicy = 'full' | 'noDeletes' | 'readOnly';

type Rule = { method: string; segments: string[] };

const rule = (route: string): Rule => {
	const [method, path] = route.split(' ');
	return { method, segments: path.split('/') };
};

/** GETs whose answer is a secret, so that reading them is more than reading. */
const SECRETS = [
	'GET /api_keys/{}/secret',
	'GET /machines/{}/secret_key',
	'GET /users/{}/oauth_access_tokens/{}',
].map(rule);

/** POSTs that check something and leave everything as it was. Not TOTP: it uses up a backup code. */
const VERIFICATIONS = [
	'POST /users/{}/verify_password',
	'POST /clients/verify',
	'POST /m2m_tokens/verify',
	'POST /api_keys/verify',
	'POST /oauth_applications/access_tokens/verify',
	'POST /templates/{}/{}/preview',
].map(rule);

/** What destroys something without being a DELETE. */
const HIDDEN_DELETES = [
	'PUT /users/{}/email_address',
	'PUT /users/{}/phone_number',
	'POST /users/{}/remove_password',
	'POST /role_sets/{}/replace',
].map(rule);

/** For rules that refuse: every spelling that a server may route to the same place counts as that place. */
function anySpelling(path: string): string[] {
	let decoded = path;
	try {
		decoded = decodeURIComponent(path);
	} catch {
		// Not valid percent-encoding, so no server decodes it to another path either.
	}
	return ['', ...decoded.toLowerCase().split('/').filter(Boolean)];
}

/** For rules that allow: the path as it stands, and nothing that could be read in two ways. */
const exactSpelling = (path: string): string[] => (/%2f|%5c/i.test(path) ? [] : path.split('/'));

const matches = (rules: Rule[], method: string, segments: string[]): boolean =>
	rules.some(
		(candidate) =>
			candidate.method === method &&
			candidate.segments.length === segments.length &&
			candidate.segments.every((part, index) => part === '{}' || part === segments[index]),
	);

/** Whether a request takes something away for good, by its method or in spite of it. */
export function isDestructive(method: string, path: string): boolean {
	return (
		method.toUpperCase() === 'DELETE' ||
		matches(HIDDEN_DELETES, method.toUpperCase(), anySpelling(path))
	);
}

/**
 * Why `policy` does not allow a request, as a sentence; undefined when it does.
 *
 * @param path - below the API's base URL, percent-encoded
 */
export function refusal(policy: AccessPolicy, method: string, path: string): string | undefined {
	const verb = method.toUpperCase();
	switch (policy) {
		case 'full':
			return undefined;
		case 'noDeletes':
			return isDestructive(verb, path)
				? `The credential's access policy "No Deletes" refused ${verb} ${path}, which takes something away for good. Use a credential with another access policy for this.`
				: undefined;
		case 'readOnly':
			if (verb === 'GET' || verb === 'HEAD') {
				return matches(SECRETS, 'GET', anySpelling(path))
					? `The credential's access policy "Read Only" refused ${verb} ${path}, because its answer is a secret. Use a credential with another access policy for this.`
					: undefined;
			}
			return matches(VERIFICATIONS, verb, exactSpelling(path))
				? undefined
				: `The credential's access policy "Read Only" refused ${verb} ${path}, which changes something. Use a credential with another access policy for this.`;
		default:
			return `The credential's access policy "${String(policy)}" is not known. Choose one in the credential.`;
	}
}
