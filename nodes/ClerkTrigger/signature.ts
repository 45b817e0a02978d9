import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Verifies Clerk's webhooks. Svix signs them, to the Standard Webhooks specification: an HMAC-SHA256
 * over `id.timestamp.body`, the body as raw bytes. No library does it, because a verified node must
 * have no dependencies; the tests compare it with the real `svix` and `standardwebhooks`.
 *
 * https://docs.svix.com/receiving/verifying-payloads/how-manual
 * https://clerk.com/docs/guides/development/webhooks/overview
 */

/** Headers as Node gives them: names in lower case; several of one name joined, or in an array. */
export type Headers = Record<string, string | string[] | undefined>;

/** A request, of which nothing is believed yet. */
export interface Delivery {
	headers: Headers;
	/** Names and values in turns, as they came; shows a header that came twice. */
	rawHeaders?: string[];
	/** The bytes that were signed; undefined for a multipart body, of which n8n keeps none (n8n-notes 29). */
	body: Buffer | undefined;
}

/** What a delivery says of itself; true only once `isSigned` said so. */
export interface Claim {
	id: string;
	/** Unix seconds, as text: it is signed as it stands. */
	timestamp: string;
	/** Base64 of those signatures whose version is known. */
	signatures: string[];
	body: Buffer;
}

export interface Refusal {
	status: 401 | 413;
	/** For the answer and the log: no part of the request, and none of a secret. */
	reason: string;
}

/**
 * Seconds that a timestamp may be in the past or the future, as in the libraries of Svix and of the
 * specification: https://docs.svix.com/receiving/verifying-payloads/why
 */
const TOLERANCE_S = 5 * 60;

/** Bytes: far above what Clerk's events have, and a third of what n8n itself reads (n8n-notes 29). */
export const LARGEST_BODY = 5 * 1024 * 1024;

/** The specification's own names count where Svix's are not all there, as in Svix's library. */
const FAMILIES = ['svix', 'webhook'];

const PARTS = ['id', 'timestamp', 'signature'] as const;

/** A digest of 32 bytes in base64. */
const SIGNATURE = /^v1,([A-Za-z0-9+/]{43}=)$/;

/** Whether a delivery ends here. */
export const isRefusal = (result: Claim | Refusal): result is Refusal => 'reason' in result;

const refuse = (reason: string, status: Refusal['status'] = 401): Refusal => ({ status, reason });

/**
 * Looks at all that costs nothing, so that most forged requests end before a secret is decrypted.
 *
 * @param now - Unix milliseconds
 */
export function readClaim(delivery: Delivery, now: number): Claim | Refusal {
	const { headers, rawHeaders, body } = delivery;
	const family = FAMILIES.find((name) => PARTS.every((part) => headers[`${name}-${part}`]));
	if (!family) return refuse('it has no signature headers');
	const names = PARTS.map((part) => `${family}-${part}`);
	if (names.some((name) => isDoubled(name, headers, rawHeaders))) {
		return refuse('a signature header came twice');
	}
	// Svix sends none. What one body unpacks to, another may as well.
	if (headers['content-encoding'] && headers['content-encoding'] !== 'identity') {
		return refuse('its body is compressed');
	}
	const [id, timestamp, signature] = names.map((name) => String(headers[name]));
	if (!/^\d{1,12}$/.test(timestamp)) return refuse('its timestamp is not one');
	if (Math.abs(Math.floor(now / 1_000) - Number(timestamp)) > TOLERANCE_S) {
		return refuse('its timestamp is more than five minutes off');
	}
	const signatures = signature.split(' ').flatMap((each) => SIGNATURE.exec(each)?.[1] ?? []);
	if (signatures.length === 0) return refuse('it has no signature of version v1');
	if (!body) return refuse('its body was not kept as it came');
	if (body.length > LARGEST_BODY) return refuse('its body is too long', 413);
	return { id, timestamp, signatures, body };
}

const isDoubled = (name: string, headers: Headers, rawHeaders: string[] = []): boolean =>
	Array.isArray(headers[name]) ||
	rawHeaders.filter((each, at) => at % 2 === 0 && each.toLowerCase() === name).length > 1;

/** Every signature is held against every key in constant time, so that the time tells nothing. */
export function isSigned({ id, timestamp, signatures, body }: Claim, keys: Buffer[]): boolean {
	let found = false;
	for (const key of keys) {
		const digest = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
		// As text: base64 has more than one way to write the last byte.
		const expected = Buffer.from(digest.toString('base64'));
		for (const signature of signatures) {
			found = timingSafeEqual(Buffer.from(signature), expected) || found;
		}
	}
	return found;
}
