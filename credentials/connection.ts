/**
 * What a request may say about its connection. The key goes out with it, so the request must not decide
 * who reads it: n8n's own settings (HTTPS_PROXY, NODE_EXTRA_CA_CERTS) do.
 *
 * n8n has two helpers with a spelling each: `httpRequest` (skipSslCertificateValidation,
 * disableFollowRedirect) and the older `request` (uri, rejectUnauthorized, followRedirect):
 * docs/n8n-notes.md, 6.
 */

/** Options that decide nothing about the connection. Only these are passed on, and those below. */
const HARMLESS = new Set([
	'abortSignal',
	'allowedDomains',
	'arrayFormat',
	'baseURL',
	'body',
	'disableFollowRedirect',
	'encoding',
	'followAllRedirects',
	'followRedirect',
	'form',
	'formData',
	'gzip',
	'headers',
	'ignoreHttpStatusErrors',
	'json',
	'maxRedirects',
	'method',
	'qs',
	'qsStringifyOptions',
	'resolveWithFullResponse',
	'returnFullResponse',
	'sendCredentialsOnCrossOriginRedirect',
	'simple',
	'timeout',
	'uri',
	'url',
	'useQuerystring',
	'useStream',
]);

/** Of an agent: how it handles its connections, not where they lead. */
const HARMLESS_OF_AGENT = new Set([
	'keepAlive',
	'keepAliveMsecs',
	'maxCachedSessions',
	'maxFreeSockets',
	'maxSockets',
	'maxTotalSockets',
	'noDelay',
	'scheduling',
	'timeout',
]);

/** Options that check the server's certificate as long as they are true. */
const CHECKS_ON = ['rejectUnauthorized', 'strictSSL'];

/** Options that switch the check off as soon as they are set. */
const CHECKS_OFF = ['skipSslCertificateValidation', 'allowUnauthorizedCerts'];

/** Passed on where they are harmless by their value. */
const CHECKED_BY_VALUE = ['agentOptions', 'rejectUnauthorized', 'skipSslCertificateValidation'];

/**
 * Names of options that may decide where a connection leads, what it trusts or how it signs in: of
 * axios, Node, undici and the old `request`. Other unknown options are left out instead of refused, so
 * that an option which a later n8n adds to each request does not stop the node.
 */
const DECIDING =
	/proxy|agent|socket|tunnel|host|port|lookup|dns|addr|server|ssl|tls|cert|secure|unauthori[sz]ed|trust|adapter|dispatcher|connect|interceptor|auth|unix|^(alpn.*|aws|ca|ciphers|crl|dhparam|ecdhcurve|family|hawk|hints|jar|key|oauth|passphrase|path|pfx|pool|psk.*|sigalgs|ticketkeys)$/i;

/**
 * Names of headers by which a server or a proxy on the way may take a request for another one, or read
 * two out of it.
 */
const REROUTING =
	/^(forwarded|host|transfer-encoding|upgrade)$|^x-(.*-)?(host|method|override|path|prefix|rewrite|server|ur[il])(-|$)/;

type Options = Record<string, unknown>;

const isSet = (value: unknown): boolean =>
	value !== undefined && value !== null && value !== false && value !== '';

/**
 * Returns why the options of a request must not go out with the key, as a sentence; undefined where
 * nothing speaks against them.
 */
export function reasonToRejectConnection(options: Options): string | undefined {
	for (const [name, value] of Object.entries(options)) {
		const reason =
			name === 'agentOptions'
				? reasonToRejectAgent(value)
				: reasonToRejectOption(name, value, HARMLESS);
		if (reason) return reason;
	}
	return reasonToRejectHeaders(options.headers);
}

/**
 * Returns a copy of the options as deep as they are checked, so that what is sent cannot differ from it:
 * a getter may give something else each time, and a prototype has options that are not listed.
 */
export function copyOf<T extends object>(options: T): T {
	const copy = Object.fromEntries(Object.entries(options)) as Options;
	for (const name of ['agentOptions', 'headers']) {
		const value = copy[name];
		if (typeof value === 'object' && value !== null && !Array.isArray(value))
			copy[name] = { ...value };
	}
	return copy as T;
}

/** Returns the options without any that this credential does not know. */
export const knownOptions = <T extends object>(options: T): T =>
	Object.fromEntries(
		Object.entries(options).filter(
			([name]) => HARMLESS.has(name) || CHECKED_BY_VALUE.includes(name),
		),
	) as T;

function reasonToRejectOption(
	name: string,
	value: unknown,
	harmless: Set<string>,
	within = '',
): string | undefined {
	if (harmless.has(name)) return undefined;
	if (CHECKS_ON.includes(name) ? isOff(value) : CHECKS_OFF.includes(name) && isSet(value)) {
		return "The Clerk credential sends its key only where the server's certificate is checked. Turn off Ignore SSL Issues in this request. To trust your own certificate authority, start n8n with NODE_EXTRA_CA_CERTS.";
	}
	if (CHECKS_ON.includes(name) || !isSet(value)) return undefined;
	if (/proxy|tunnel/i.test(name)) {
		return 'The Clerk credential does not send its key through a proxy that a request names. Remove the option Proxy from this request. To use a proxy, start n8n with HTTPS_PROXY.';
	}
	if (within === '' && !DECIDING.test(name)) return undefined;
	return `The Clerk credential refuses the request option "${within}${name}", because it can decide where the key goes or which server is trusted. Remove it from this request (in the HTTP Request node: SSL Certificates).`;
}

/** n8n asks for `=== false` (docs/n8n-notes.md, 6); any other value that is not true is refused as well, to be sure. */
const isOff = (value: unknown): boolean => value !== undefined && value !== null && value !== true;

function reasonToRejectAgent(value: unknown): string | undefined {
	if (!isSet(value)) return undefined;
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		return reasonToRejectOption('agentOptions', value, HARMLESS);
	}
	// The agent's options override the request's, its address included.
	for (const [name, each] of Object.entries(value)) {
		const reason = isOffInAgent(name, each)
			? reasonToRejectOption('rejectUnauthorized', false, HARMLESS)
			: reasonToRejectOption(name, each, HARMLESS_OF_AGENT, 'agentOptions.');
		if (reason) return reason;
	}
	return undefined;
}

/** Nothing but true: an agent need not name it at all. */
const isOffInAgent = (name: string, value: unknown): boolean =>
	name === 'rejectUnauthorized' && value !== true;

function reasonToRejectHeaders(headers: unknown): string | undefined {
	if (!isSet(headers)) return undefined;
	if (typeof headers !== 'object' || headers === null || Array.isArray(headers)) {
		return 'The Clerk credential accepts the headers of a request only as an object of names and values.';
	}
	for (const [name, value] of Object.entries(headers)) {
		if (REROUTING.test(name.trim().toLowerCase().replace(/_/g, '-'))) {
			return `The Clerk credential refuses the header "${name.trim()}", because it can make a server treat the request as a different one. Remove the header from this request.`;
		}
		// axios reads headers out of objects among the headers, such as `common`.
		if (!isHeaderName(name) || !isHeaderValue(value)) {
			return 'The Clerk credential accepts only plain headers: a name without spaces, and text, a number or a list of texts.';
		}
	}
	return undefined;
}

const isHeaderName = (name: string): boolean => /^[\w!#$%&'*+.^`|~-]+$/.test(name);

const isHeaderValue = (value: unknown): boolean =>
	Array.isArray(value) ? value.every((each) => !isObject(each)) : !isObject(value);

const isObject = (value: unknown): boolean =>
	typeof value === 'function' || (typeof value === 'object' && value !== null);
