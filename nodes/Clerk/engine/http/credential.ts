import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { policyOf } from '../../../../credentials/accessPolicy';
import type { AccessPolicy } from '../../../../credentials/accessPolicy';
import { trimmedKey } from '../../../../credentials/clerkKey';
import type { Method } from '../operation/wire';
import type { Limit, SpecificLimit } from '../rateLimit/limit';

export interface ClerkCredential {
	secretKey: string;
	baseUrl: string;
	accessPolicy: AccessPolicy;
	/** Percent of the key's limit that the node may use. */
	rateLimitShare: number;
}

/** Reads a decrypted credential; n8n has filled in the defaults of its form (docs/n8n-notes.md, 11). */
export const toClerkCredential = (data: ICredentialDataDecryptedObject): ClerkCredential => ({
	secretKey: trimmedKey(data.secretKey),
	baseUrl: String(data.baseUrl ?? ''),
	accessPolicy: policyOf(data),
	rateLimitShare: Number(data.rateLimitShare ?? 80) || 80,
});

/** Clerk's rate limits: every request counts towards its key's, some towards a specific one too. */
export interface RateLimits {
	forKey(secretKey: string): Limit;
	forRequest(method: Method, path: string): SpecificLimit | undefined;
}
