/** The Backend API version that this package speaks; without the header Clerk uses the version an instance was created with. */
export const API_VERSION = '2026-05-12';

/** Returns the key without spaces and line breaks at its ends, which copying often adds. */
export const trimmedKey = (secretKey: unknown): string =>
	typeof secretKey === 'string' ? secretKey.trim() : '';

/** Whether the key is that of a production instance. */
export const isLiveKey = (secretKey: string): boolean => secretKey.startsWith('sk_live_');

/** Returns why a secret key cannot be one, as a sentence without the key; undefined when it may be one. */
export function reasonToRejectKey(secretKey: unknown): string | undefined {
	const key = trimmedKey(secretKey);
	if (key === '') {
		return 'The Secret Key of the Clerk credential is empty. Add a key on the API keys page of the Clerk Dashboard, and paste it here.';
	}
	if (/\s/.test(key)) {
		return 'The Secret Key of the Clerk credential contains a space or a line break. Paste it again, or add a new key on the API keys page of the Clerk Dashboard.';
	}
	if (key.startsWith('pk_')) {
		return 'The Secret Key of the Clerk credential is a publishable key (it starts with pk_). Use the secret key instead: it starts with sk_live_ or sk_test_.';
	}
	if (!/^[\x21-\x7e]+$/.test(key)) {
		return 'The Secret Key of the Clerk credential contains characters that a key cannot have. Paste it again, or add a new key on the API keys page of the Clerk Dashboard.';
	}
	return undefined;
}

const DEFAULT_URL = 'https://api.clerk.com/v1';

const ADVICE = `Use ${DEFAULT_URL}, unless you test against another server.`;

/** The hosts of Clerk's own API, as `@clerk/backend` names them, and all others below its domains. */
const CLERKS = /(^|\.)(clerk\.com|clerk\.dev|clerkstage\.dev|lclclerk\.com)\.?$/;

/** Returns why the API's address cannot be used, as a sentence; undefined when it can. */
export function reasonToRejectBaseUrl(baseUrl: unknown): string | undefined {
	const url = parsed(baseUrl);
	if (!url) return `The API URL of the Clerk credential is not a web address. ${ADVICE}`;
	if (url.protocol !== 'https:' && url.protocol !== 'http:') {
		return `The API URL of the Clerk credential must start with https://. ${ADVICE}`;
	}
	if (url.search || url.hash || url.username || url.password) {
		return `The API URL of the Clerk credential must be only an address, without a query, fragment or user name. ${ADVICE}`;
	}
	if (url.protocol === 'http:' && !isThisMachine(url.hostname)) {
		return 'The API URL of the Clerk credential starts with http://, which would send the secret key unencrypted. Use https://; http:// is only for a server on this machine (localhost or 127.0.0.1).';
	}
	if (CLERKS.test(url.hostname) && withoutEndSlashes(url.pathname) !== '/v1') {
		return `The API URL of the Clerk credential is an address of Clerk without its version. Use ${DEFAULT_URL}.`;
	}
	return undefined;
}

function parsed(address: unknown): URL | undefined {
	try {
		return new URL(String(address));
	} catch {
		return undefined;
	}
}

/** `URL` has written an address of numbers as four of them already, and an IPv6 address in its shortest form. */
const isThisMachine = (hostname: string): boolean =>
	hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);

/** By hand: a regular expression would look again from each slash of a long row. */
export function withoutEndSlashes(text: string): string {
	let end = text.length;
	while (end > 0 && text[end - 1] === '/') end--;
	return text.slice(0, end);
}

/** The API's address as requests are sent to it, such as `https://api.clerk.com/v1`. */
export function rootOf(baseUrl: string): string {
	const { origin, pathname } = new URL(baseUrl);
	return origin + withoutEndSlashes(pathname);
}

export { withoutSecret, withoutSecretIn } from './secretMask';
