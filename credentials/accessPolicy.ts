/** What a credential allows: everything, everything but deletes, or only reading. */
export type AccessPolicy = 'full' | 'noDeletes' | 'readOnly';

/** A request that a policy decides by its path, `{}` for each ID in it. docs/credentials.md lists them all. */
export interface Rule {
	route: string;
	because: string;
}

/** Read Only refuses these GETs: their response is a secret that could be used elsewhere. Exported for tests and scripts. */
export const SECRET_READS: Rule[] = [
	{ route: 'GET /api_keys/{}/secret', because: 'returns the secret of an API key' },
	{ route: 'GET /machines/{}/secret_key', because: 'returns the secret key of a machine' },
	{
		route: 'GET /users/{}/oauth_access_tokens/{}',
		because: "returns the user's access token for another service",
	},
	{
		route: 'GET /enterprise_connections/{}/test_runs',
		because: 'returns the access token, ID token or SAML response of the person who tested it',
	},
];

/** Read Only passes these POSTs: they check something and change nothing. Exported for tests and scripts. */
export const VERIFICATIONS: Rule[] = [
	{ route: 'POST /users/{}/verify_password', because: 'only checks a password' },
	{ route: 'POST /clients/verify', because: 'only checks a session token' },
	{ route: 'POST /m2m_tokens/verify', because: 'only checks an M2M token' },
	{ route: 'POST /api_keys/verify', because: 'only checks an API key' },
	{
		route: 'POST /oauth_applications/access_tokens/verify',
		because: 'only checks an OAuth access token',
	},
	{ route: 'POST /templates/{}/{}/preview', because: 'only renders a template' },
];

/** No Deletes refuses these although they are no DELETE. Exported for tests and scripts. */
export const HIDDEN_DELETES: Rule[] = [
	{
		route: 'PUT /users/{}/email_address',
		because: 'deletes all other email addresses of the user',
	},
	{ route: 'PUT /users/{}/phone_number', because: 'deletes all other phone numbers of the user' },
	{ route: 'POST /users/{}/remove_password', because: 'deletes the password of the user' },
	{
		route: 'POST /role_sets/{}/replace',
		because: 'deletes the role set after moving its organizations to another',
	},
	{
		route: 'POST /role_sets/{}/roles/replace',
		because: 'removes the role from the set after giving its members another',
	},
];

/**
 * The methods that Clerk's document has, and HEAD, which is a GET without its body. OPTIONS is not
 * among them: Clerk documents none, and only browsers send it, without a key.
 */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

interface Pattern {
	method: string;
	segments: string[];
}

const compile = (rules: Rule[]): Pattern[] =>
	rules.map(({ route }) => {
		const [method, path] = route.split(' ');
		return { method, segments: path.split('/').slice(1) };
	});

const secretReads = compile(SECRET_READS);
const verifications = compile(VERIFICATIONS);
const hiddenDeletes = compile(HIDDEN_DELETES);

/**
 * All ways in which a server may read a path, for rules that refuse. It may decode before or after it
 * splits into segments, take a backslash for a slash, and go up at `..`.
 */
function readings(path: string): string[][] {
	const lower = path.toLowerCase();
	const decoded = decode(lower).replace(/\\/g, '/').split('/');
	return [lower.split('/').map(decode), decoded, withoutDots(decoded)].map((segments) =>
		segments.filter(Boolean),
	);
}

/** Only ASCII, byte by byte: bytes beside it that are not valid text must not hide it. */
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

/** The segments as they are sent, for rules that allow; none for a path that can be read in two ways. */
const exactSpelling = (path: string): string[] =>
	/%2f|%5c/i.test(path) || !path.startsWith('/') ? [] : path.slice(1).split('/');

const fits = (pattern: Pattern, method: string, segments: string[]): boolean =>
	pattern.method === method &&
	pattern.segments.length === segments.length &&
	pattern.segments.every((part, index) => part === '{}' || part === segments[index]);

/** Looks at the end of the path alone: an API URL may have more before the version, or no version. */
const endsLikeAny = (patterns: Pattern[], method: string, path: string): boolean =>
	readings(path).some((segments) =>
		patterns.some((pattern) => fits(pattern, method, segments.slice(-pattern.segments.length))),
	);

/** Whether a request deletes something for good, whatever its method. */
export function isDestructive(method: string, path: string): boolean {
	const verb = method.toUpperCase();
	return verb === 'DELETE' || endsLikeAny(hiddenDeletes, verb, path);
}

/**
 * Returns the policy of a credential. Only a credential from before there were policies has none, and allows
 * everything; an expression that gives nothing is an empty policy, which allows nothing.
 */
export const policyOf = (credential: object): AccessPolicy =>
	'accessPolicy' in credential ? (credential.accessPolicy as AccessPolicy) : 'full';

/**
 * Returns why `policy` does not allow a request, as a sentence; undefined when it does.
 *
 * @param path - below the API URL, percent-encoded
 * @param basePath - the path of the API URL itself
 */
export function refusal(
	policy: AccessPolicy,
	method: string,
	path: string,
	basePath = '',
): string | undefined {
	const verb = method.toUpperCase();
	const refused = (name: string, reason: string) =>
		`The credential's access policy "${name}" refused ${verb} ${path}, ${reason}. Use a credential with another access policy for this.`;
	const isUnknown = !METHODS.includes(verb);
	const unknown = 'because Clerk has no such method';
	switch (policy) {
		case 'full':
			return undefined;
		case 'noDeletes':
			if (isUnknown) return refused('No Deletes', unknown);
			return isDestructive(verb, basePath + path)
				? refused('No Deletes', 'which permanently deletes something')
				: undefined;
		case 'readOnly':
			if (isUnknown) return refused('Read Only', unknown);
			if (verb === 'GET' || verb === 'HEAD') {
				return endsLikeAny(secretReads, 'GET', basePath + path)
					? refused('Read Only', 'because its response is a secret')
					: undefined;
			}
			return verifications.some((pattern) => fits(pattern, verb, exactSpelling(path)))
				? undefined
				: refused('Read Only', 'which changes something');
		default:
			return unknownPolicy(policy);
	}
}

const unknownPolicy = (policy: unknown): string =>
	policy === undefined || policy === null || policy === ''
		? 'The Access Policy of the Clerk credential is empty, so nothing was sent. Choose one; an expression must return full, noDeletes or readOnly.'
		: `The Access Policy "${String(policy)}" of the Clerk credential is not known, so nothing was sent. Choose one in the credential.`;
