import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Verifies Clerk's webhooks. Svix signs them, to the Standard Webhooks specification: an HMAC-SHA256
 * over `id.timestamp.body`, the body as raw bytes. No library is used, because a verified node must
 * have no dependencies; the tests compare it with the real `svix` and `standardwebhooks`.
 *
 * https://docs.svix.com/receiving/verifying-payloads/how-manual
 * https://clerk.com/docs/guides/development/webhooks/overview
 */

/** Headers as Node gives them: names in lower case; several of one name joined, or in an array. */
export type Headers = Record<string, string | string[] | undefined>;

/** A request that is not verified yet. */
export interface Delivery {
	headers: Headers;
	/** Names and values alternately, as received; shows a header that was sent twice. */
	rawHeaders?: string[];
	/** The signed bytes; undefined for a multipart body, of which n8n keeps no raw bytes (docs/n8n-notes.md, 29). */
	body: Buffer | undefined;
}

/** The content of a delivery, not to be trusted before `isSigned` has returned true for it. */
export interface Claim {
	id: string;
	/** Unix seconds, as the text that was signed. */
	timestamp: string;
	/** The signatures of version v1, in base64. */
	signatures: string[];
	body: Buffer;
}

export interface Rejection {
	status: 400 | 401 | 403 | 413 | 500;
	/** For the response and the log; contains no part of the request or of a secret. */
	reason: string;
}

/**
 * Seconds that a timestamp may be in the past or the future, the same as in the libraries of Svix and
 * of the specification: https://docs.svix.com/receiving/verifying-payloads/why
 */
const TOLERANCE_S = 5 * 60;

/**
 * Bytes; far more than Clerk's events have, and a third of what n8n itself reads (docs/n8n-notes.md,
 * 29). Exported for the tests.
 */
export const LARGEST_BODY = 5 * 1024 * 1024;

/** Prefixes of the header names: Svix's, or the specification's if one of Svix's is missing, as in Svix's library. */
const HEADER_PREFIXES = ['svix', 'webhook'];

const PARTS = ['id', 'timestamp', 'signature'] as const;

/** Version v1 and a digest of 32 bytes in base64. */
const SIGNATURE = /^v1,([A-Za-z0-9+/]{43}=)$/;

/** Whether the delivery was rejected. */
export const isRejection = (result: Claim | Rejection): result is Rejection => 'reason' in result;

const reject = (reason: string, status: Rejection['status'] = 401): Rejection => ({
	status,
	reason,
});

/**
 * Reads the headers and the body of a delivery, with every check that needs no secret: most forged
 * requests end here, before a credential is decrypted.
 *
 * @param now - Unix milliseconds
 */
export function readClaim(delivery: Delivery, now: number): Claim | Rejection {
	const { headers, rawHeaders, body } = delivery;
	const prefix = HEADER_PREFIXES.find((name) => PARTS.every((part) => headers[`${name}-${part}`]));
	if (!prefix) return reject('it has no signature headers');
	const names = PARTS.map((part) => `${prefix}-${part}`);
	if (names.some((name) => isDoubled(name, headers, rawHeaders))) {
		return reject('a signature header was sent twice');
	}
	// Svix compresses no body. Two compressed bodies can unpack to the same bytes, so it would be unclear
	// which of them was signed.
	if (headers['content-encoding'] && headers['content-encoding'] !== 'identity') {
		return reject('its body is compressed');
	}
	const [id, timestamp, signature] = names.map((name) => String(headers[name]));
	if (!/^\d{1,12}$/.test(timestamp)) return reject('its timestamp is not valid');
	if (Math.abs(Math.floor(now / 1_000) - Number(timestamp)) > TOLERANCE_S) {
		return reject('its timestamp is more than five minutes off');
	}
	const signatures = signature.split(' ').flatMap((each) => SIGNATURE.exec(each)?.[1] ?? []);
	if (signatures.length === 0) return reject('it has no signature of version v1');
	if (!body) return reject('its body was not kept unchanged');
	if (body.length > LARGEST_BODY) return reject('its body is too long', 413);
	return { id, timestamp, signatures, body };
}

const isDoubled = (name: string, headers: Headers, rawHeaders: string[] = []): boolean =>
	Array.isArray(headers[name]) ||
	rawHeaders.filter((each, at) => at % 2 === 0 && each.toLowerCase() === name).length > 1;

/**
 * Whether one of the signatures was made with one of the keys. Compares all of them, each in constant
 * time, so that the time taken reveals nothing.
 */
export function isSigned({ id, timestamp, signatures, body }: Claim, keys: Buffer[]): boolean {
	let found = false;
	for (const key of keys) {
		const digest = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
		// Compared as text: base64 can write the last byte in more than one way.
		const expected = Buffer.from(digest.toString('base64'));
		for (const signature of signatures) {
			found = timingSafeEqual(Buffer.from(signature), expected) || found;
		}
	}
	return found;
}
