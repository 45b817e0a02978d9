import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { policyOf } from '../../../../credentials/accessPolicy';
import type { AccessPolicy } from '../../../../credentials/accessPolicy';
import { trimmedKey } from '../../../../credentials/clerkKey';
import type { Method } from '../operation/wire';
import type { Limit } from '../rateLimit/slidingWindow';

/** On whose behalf requests are sent, and what limits that holds. */

export interface ClerkCredential {
	secretKey: string;
	baseUrl: string;
	accessPolicy: AccessPolicy;
	/** Percent. */
	rateLimitShare: number;
}

/** As n8n decrypts it; what an older one lacks has the default of the form. */
export const toClerkCredential = (data: ICredentialDataDecryptedObject): ClerkCredential => ({
	secretKey: trimmedKey(data.secretKey),
	baseUrl: String(data.baseUrl ?? ''),
	accessPolicy: policyOf(data),
	rateLimitShare: Number(data.rateLimitShare ?? 80) || 80,
});

/** Clerk's rate limits: the one of a key, and narrower ones on which some requests also live. */
export interface RateLimits {
	ofKey(secretKey: string): Limit;
	ofRequest(method: Method, path: string): SpecificLimit | undefined;
}

/** One of the narrower ones. `countedBy`: what tells its window from others of the kind. */
export interface SpecificLimit {
	limit: Limit;
	countedBy: string;
}
