/** The Backend API version that this package speaks; without the header an instance answers in the version it was created with. */
export const API_VERSION = '2026-05-12';

/** What is wrong with a secret key, as a sentence; undefined when it may be one. Never contains the key. */
export function keyObjection(secretKey: unknown): string | undefined {
	if (typeof secretKey !== 'string' || secretKey === '') {
		return 'The Secret Key of the Clerk credential is empty. Copy it from the API keys page of the Clerk Dashboard.';
	}
	if (/\s/.test(secretKey)) {
		return 'The Secret Key of the Clerk credential contains blanks or line breaks. Paste it again without them.';
	}
	if (secretKey.startsWith('pk_')) {
		return 'The Secret Key of the Clerk credential is a publishable key (it starts with pk_). Use the secret key instead: it starts with sk_live_ or sk_test_.';
	}
	if (!/^[\x21-\x7e]+$/.test(secretKey)) {
		return 'The Secret Key of the Clerk credential contains characters that no key has. Paste it again from the Clerk Dashboard.';
	}
	return undefined;
}

/** What is wrong with the API's address, as a sentence; undefined when nothing is. */
export function baseUrlObjection(baseUrl: unknown): string | undefined {
	const advice = 'Use https://api.clerk.com/v1, unless you test against another server.';
	try {
		const { protocol, search, hash, username, password } = new URL(String(baseUrl));
		if (protocol !== 'https:' && protocol !== 'http:') {
			return `The API URL of the Clerk credential must be a web address that starts with https://. ${advice}`;
		}
		return search || hash || username || password
			? `The API URL of the Clerk credential must be an address alone, without a query, fragment or user name. ${advice}`
			: undefined;
	} catch {
		return `The API URL of the Clerk credential is not a web address. ${advice}`;
	}
}

/** The API's address as it is sent to, such as `https://api.clerk.com/v1`: without what follows the path. */
export function rootOf(baseUrl: string): string {
	const { origin, pathname } = new URL(baseUrl);
	return origin + pathname.replace(/\/+$/, '');
}

/** A text in which the key is masked wherever it stands. */
export const withoutSecret = (text: string, secretKey: string | undefined): string =>
	secretKey ? text.split(secretKey).join('********') : text;
