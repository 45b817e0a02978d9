import type {
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
	IPollFunctions,
} from 'n8n-workflow';
import { createHash } from 'node:crypto';

import { refusal } from '../../../../credentials/accessPolicy';
import {
	baseUrlObjection,
	keyObjection,
	rootOf,
	withoutSecret,
} from '../../../../credentials/clerkKey';
import type { ApiRequest, Method } from '../operation';
import { CancelledError } from '../rateLimit/cancellation';
import { realClock } from '../rateLimit/clock';
import { RateLimiters } from '../rateLimit/rateLimiters';
import { RateLimitWaitError } from '../rateLimit/slidingWindow';
import type { RemainingQuota, SlidingWindow } from '../rateLimit/slidingWindow';
import type { ClerkCredential, RateLimits, SpecificLimit } from './credential';
import { AlreadyDeleted, isUncertain, outcomeOf, outcomeOfThrown, RequestError } from './outcome';
import type { Outcome } from './outcome';
import { normalizeListResponse } from './pagination';
import { Progress } from './progress';
import { toRequestOptions } from './requestOptions';
import { RetryState } from './retries';
import type { RetryPolicy } from './retries';

/** The only place that sends a request to Clerk. What is sent again stands in `retries`, when it may leave in `pacing`. */

export interface ClientOptions {
	maxWaitMs: number;
	retries: RetryPolicy;
}

type Host = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/** Limits that hold for less are over before a person has read of them. */
const LONG_MS = 600_000;

/** All executions in the process live on the same limits, so they share the windows. */
const sharedLimiters = new RateLimiters(realClock);

/** One run's way to Clerk, with one credential: allowed, paced, repeated, and stopped with the execution. */
export class Client {
	/** How many 5xx, timeouts and broken connections there were so far. */
	serverErrors = 0;

	readonly progress: Progress;

	private readonly baseUrl: string;

	/** Names the account in the shared windows without holding its key. */
	private readonly keyHash: string;

	/** @throws RequestError when the credential cannot be used */
	constructor(
		private readonly host: Host,
		private readonly credential: ClerkCredential,
		private readonly limits: RateLimits,
		private readonly options: ClientOptions,
		private readonly limiters: RateLimiters = sharedLimiters,
	) {
		const reason = keyObjection(credential.secretKey) ?? baseUrlObjection(credential.baseUrl);
		if (reason) throw new RequestError({ kind: 'refused', reason });
		this.baseUrl = rootOf(credential.baseUrl);
		this.keyHash = createHash('sha256')
			.update(`${this.baseUrl} ${credential.secretKey}`)
			.digest('base64');
		this.progress = new Progress(host.logger, () => this.now());
	}

	/**
	 * Sends a request until it is answered for good.
	 *
	 * @returns what Clerk answered; undefined for an answer without content, or where a check tells that
	 * a try without an answer had carried it out; `AlreadyDeleted` for a DELETE that an earlier try had carried out
	 * @throws RequestError, CancelledError
	 */
	async send(request: ApiRequest): Promise<unknown> {
		this.ensureAllowed(request);
		const retryState = new RetryState(request, this.options.retries);
		return await this.sendWithRetries(request, retryState).catch((error: unknown) => {
			throw wasNotSent(error) && retryState.uncertainOutcome
				? new RequestError({ ...retryState.uncertainOutcome, request })
				: error;
		});
	}

	private async sendWithRetries(request: ApiRequest, retryState: RetryState): Promise<unknown> {
		const limiters = this.limitersFor(request.method, request.path);
		for (;;) {
			const outcome = await this.sendPaced(request, limiters);
			if (outcome.kind === 'response' && outcome.status < 300) return outcome.body;
			if (retryState.wasDeleted(outcome)) return new AlreadyDeleted();
			if (isServerError(outcome)) this.serverErrors++;
			const next = retryState.next(outcome, this.now());
			if (!next) throw new RequestError({ ...outcome, request });
			this.progress.retries++;
			if ('pauseMs' in next) this.pause(limiters, next.pauseMs);
			else await this.limiters.clock.wait(next.waitMs, this.signal);
			if (await this.didSucceed(request, outcome)) return undefined;
		}
	}

	/** Whether a POST of which nobody knows the outcome has left what tells of it. */
	private async didSucceed(request: ApiRequest, outcome: Outcome): Promise<boolean> {
		const { method, verifyWith } = request;
		if (!verifyWith || !isUncertain(method, outcome)) return false;
		const found = await this.send(verifyWith).catch((error: unknown) => {
			throw error instanceof CancelledError ? error : new RequestError({ ...outcome, request });
		});
		return normalizeListResponse(found).rows.length > 0;
	}

	/** @throws RequestError where the access policy forbids it */
	ensureAllowed({ method, path }: ApiRequest): void {
		const reason = refusal(this.credential.accessPolicy, method, path);
		if (reason) throw new RequestError({ kind: 'refused', reason });
	}

	/** What a limit that holds for long lets through of such requests; undefined where none does. */
	remainingFor({ method, path }: ApiRequest): RemainingQuota | undefined {
		const specific = this.limits.ofRequest(method, path);
		if (!specific || specific.limit.windowMs < LONG_MS) return undefined;
		const window = this.specificLimiter(specific);
		return {
			...specific,
			...window.remaining(this.options.maxWaitMs),
			waitOf: (calls) => window.waitOf(calls),
		};
	}

	private async sendPaced(request: ApiRequest, limiters: SlidingWindow[]): Promise<Outcome> {
		await this.acquireAll(limiters);
		// Not before: it reads files, and those of requests that wait would all be in memory.
		const options = await toRequestOptions(this.baseUrl, request, this.signal).catch(
			(error: unknown) => {
				for (const limiter of limiters) limiter.cancel();
				throw error;
			},
		);
		this.progress.sent();
		const outcome = await this.sendOnce(options)
			.then((response) => outcomeOf(response, this.withoutKey(response.body), request, this.now()))
			.catch(outcomeOfThrown)
			.finally(() => limiters.forEach((limiter) => limiter.release()));
		if (this.signal?.aborted && outcome.kind !== 'response') throw new CancelledError();
		return outcome;
	}

	private async sendOnce(options: IHttpRequestOptions): Promise<IN8nHttpFullResponse> {
		// Decrypted once a run instead of once a request.
		const data = { ...this.credential };
		const credentialsDecrypted = { id: '', name: '', type: 'clerkApi', data };
		return (await this.host.helpers.httpRequestWithAuthentication.call(
			this.host,
			'clerkApi',
			options,
			{ credentialsDecrypted },
		)) as IN8nHttpFullResponse;
	}

	/** Should an answer ever contain the key, it goes no further. */
	private withoutKey(body: unknown): string {
		return typeof body === 'string' ? withoutSecret(body, this.credential.secretKey) : '';
	}

	private async acquireAll(limiters: SlidingWindow[]): Promise<void> {
		const acquired: SlidingWindow[] = [];
		this.progress.startWaiting();
		try {
			for (const limiter of limiters) {
				await limiter.acquire(this.options.maxWaitMs, this.signal);
				acquired.push(limiter);
			}
		} catch (error) {
			for (const limiter of acquired) limiter.cancel();
			throw toRequestError(error);
		} finally {
			this.progress.stopWaiting();
		}
	}

	/** Narrowest first: who waits for the limit of one user must not hold a slot of the key's. */
	private limitersFor(method: Method, path: string): SlidingWindow[] {
		const { secretKey, rateLimitShare } = this.credential;
		const ofKey = this.limits.ofKey(secretKey);
		const share = Math.min(100, Math.max(1, rateLimitShare)) / 100;
		const maxRequests = Math.max(1, Math.floor(ofKey.maxRequests * share));
		const keyLimiter = this.limiters.getPinned(this.keyHash, { ...ofKey, maxRequests });
		const specific = this.limits.ofRequest(method, path);
		if (!specific) return [keyLimiter];
		return [this.specificLimiter(specific), keyLimiter];
	}

	private specificLimiter({ limit, countedBy }: SpecificLimit): SlidingWindow {
		return this.limiters.get(`${this.keyHash} ${countedBy}`, limit);
	}

	/** The specific limit is to blame where it is used up, or where the key's window is too short for such a pause, and its own is longer. */
	private pause(limiters: SlidingWindow[], ms: number): void {
		const specific = limiters[0];
		const ofKey = limiters[limiters.length - 1];
		const fits = ms > ofKey.limit.windowMs && specific.limit.windowMs > ofKey.limit.windowMs;
		const isSpecific = specific !== ofKey && (specific.isFull || fits);
		const until = this.now() + ms;
		// Others live on the key's limit all the time; on a specific one hardly, and for an hour to learn from.
		const begins = isSpecific ? specific.pause(until) : ofKey.reject(until);
		if (begins) this.progress.paused((isSpecific ? specific : ofKey).limit.name, ms);
	}

	private get signal(): AbortSignal | undefined {
		return 'getExecutionCancelSignal' in this.host
			? this.host.getExecutionCancelSignal()
			: undefined;
	}

	private now(): number {
		return this.limiters.clock.now();
	}
}

const isServerError = (outcome: Outcome): boolean =>
	outcome.kind !== 'response' || outcome.status >= 500;

/** The last try, whatever became of those before it. */
const wasNotSent = (error: unknown): boolean =>
	error instanceof RequestError && ['notSent', 'limited'].includes(error.failure.kind);

const toRequestError = (error: unknown): unknown =>
	error instanceof RateLimitWaitError
		? new RequestError({ kind: 'limited', limit: error.limit, until: error.until })
		: error;
