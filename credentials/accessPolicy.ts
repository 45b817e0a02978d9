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

/**
 * For rules that refuse: all ways in which a server may read a path. It may decode before or after it
 * splits into segments, take a backslash for a slash, and go up at `..`.
 */
function readings(path: string): string[][] {
	const lower = path.toLowerCase();
	const decoded = decode(lower).replace(/\\/g, '/').split('/');
	return [lower.split('/').map(decode), decoded, withoutDots(decoded)].map((segments) => [
		'',
		...segments.filter(Boolean),
	]);
}

/** Only ASCII, byte by byte: what is no valid text beside it must not hide it. */
const decode = (text: string): string =>
	text.replace(/%([0-7][0-9a-f])/g, (_, hex: string) =>
		String.fromCharCode(parseInt(hex, 16)).toLowerCase(),
	);

function withoutDots(segments: string[]): string[] {
	const kept: string[] = [];
	for (const segment of segments) {
		if (segment === '..') kept.pop();
		else if (segment !== '.' && segment !== '') kept.push(segment);
	}
	return kept;
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

const matchesAnyReading = (rules: Rule[], method: string, path: string): boolean =>
	readings(path).some((segments) => matches(rules, method, segments));

/** Whether a request takes something away for good, by its method or in spite of it. */
export function isDestructive(method: string, path: string): boolean {
	return (
		method.toUpperCase() === 'DELETE' ||
		matchesAnyReading(HIDDEN_DELETES, method.toUpperCase(), path)
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
				return matchesAnyReading(SECRETS, 'GET', path)
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
