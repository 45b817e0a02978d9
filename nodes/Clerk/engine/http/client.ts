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
import type { RemainingQuota, SpecificLimit } from '../rateLimit/limit';
import { RateLimiters } from '../rateLimit/rateLimiters';
import { RateLimitWaitError } from '../rateLimit/slidingWindow';
import type { SlidingWindow } from '../rateLimit/slidingWindow';
import type { ClerkCredential, RateLimits } from './credential';
import {
	AlreadyDeleted,
	isServerError,
	isUncertain,
	outcomeOf,
	outcomeOfThrown,
	RequestError,
} from './outcome';
import type { Outcome } from './outcome';
import { normalizeListResponse } from './pagination';
import { Progress } from './progress';
import { toRequestOptions } from './requestOptions';
import { RetryState } from './retries';
import type { RetryPolicy } from './retries';

/** The only file that sends requests to Clerk. `retries` decides what is sent again, `rateLimit` when. */

export interface ClientOptions {
	maxWaitMs: number;
	retries: RetryPolicy;
}

type Host = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/** Windows shorter than this are not worth a hint: they are over before it is read. */
const LONG_WINDOW_MS = 600_000;

/** All executions of the process count towards the same limits. */
const sharedLimiters = new RateLimiters(realClock);

/**
 * Sends the requests of one run, with one credential: checks its access policy, keeps to the rate
 * limits, retries, and stops with the execution.
 */
export class Client {
	/** How many 5xx responses, timeouts and broken connections there have been. */
	serverErrors = 0;

	readonly progress: Progress;

	private readonly baseUrl: string;

	/** Names the credential's limiters without holding its key. */
	private readonly keyHash: string;

	/** @throws RequestError when the key or the API URL cannot be used */
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
	 * Sends a request, and retries it as the policy allows.
	 *
	 * @returns the body of Clerk's response; undefined when it has none, or when `verifyWith` shows that
	 * an attempt without a response succeeded; `AlreadyDeleted` when an earlier attempt had deleted it
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

	/** Whether a POST with an unknown outcome did succeed: `verifyWith` finds its record. */
	private async didSucceed(request: ApiRequest, outcome: Outcome): Promise<boolean> {
		const { method, verifyWith } = request;
		if (!verifyWith || !isUncertain(method, outcome)) return false;
		const found = await this.send(verifyWith).catch((error: unknown) => {
			throw error instanceof CancelledError ? error : new RequestError({ ...outcome, request });
		});
		return normalizeListResponse(found).rows.length > 0;
	}

	/** @throws RequestError when the access policy forbids the request */
	ensureAllowed({ method, path }: ApiRequest): void {
		const reason = refusal(this.credential.accessPolicy, method, path);
		if (reason) throw new RequestError({ kind: 'refused', reason });
	}

	/** Returns what a long specific limit still allows of such requests; undefined when there is none. */
	remainingFor({ method, path }: ApiRequest): RemainingQuota | undefined {
		const specific = this.limits.forRequest(method, path);
		if (!specific || specific.limit.windowMs < LONG_WINDOW_MS) return undefined;
		const limiter = this.specificLimiter(specific);
		return {
			...specific,
			...limiter.remaining(this.options.maxWaitMs),
			waitOf: (calls) => limiter.waitOf(calls),
		};
	}

	private async sendPaced(request: ApiRequest, limiters: SlidingWindow[]): Promise<Outcome> {
		await this.acquireAll(limiters);
		// After the wait, since it reads files: only those being sent are in memory.
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
		// Decrypted once a run, not once a request; a copy, as n8n may write to it (docs/n8n-notes.md, 9).
		const data = { ...this.credential };
		const credentialsDecrypted = { id: '', name: '', type: 'clerkApi', data };
		return (await this.host.helpers.httpRequestWithAuthentication.call(
			this.host,
			'clerkApi',
			options,
			{ credentialsDecrypted },
		)) as IN8nHttpFullResponse;
	}

	/** The response as text, with the secret key masked should it contain it. */
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

	/** The specific limiter comes first, so that a request waiting for it holds no slot of the key's. */
	private limitersFor(method: Method, path: string): SlidingWindow[] {
		const { secretKey, rateLimitShare } = this.credential;
		const keyLimit = this.limits.forKey(secretKey);
		const share = Math.min(100, Math.max(1, rateLimitShare)) / 100;
		const maxRequests = Math.max(1, Math.floor(keyLimit.maxRequests * share));
		const keyLimiter = this.limiters.getPinned(this.keyHash, { ...keyLimit, maxRequests });
		const specific = this.limits.forRequest(method, path);
		if (!specific) return [keyLimiter];
		return [this.specificLimiter(specific), keyLimiter];
	}

	private specificLimiter({ limit, countedBy }: SpecificLimit): SlidingWindow {
		return this.limiters.get(`${this.keyHash} ${countedBy}`, limit);
	}

	/**
	 * Pauses the limiter that a 429 belongs to: the specific one when it is used up, or when the pause
	 * is longer than the key's window and its own window is longer too.
	 */
	private pause(limiters: SlidingWindow[], ms: number): void {
		const specific = limiters[0];
		const key = limiters[limiters.length - 1];
		const outlastsKey = ms > key.limit.windowMs && specific.limit.windowMs > key.limit.windowMs;
		const isSpecific = specific !== key && (specific.isFull || outlastsKey);
		const until = this.now() + ms;
		// The key's limit is shared with other clients, so adapt to it. Specific limits rarely are, and
		// an hour is too long to adapt in.
		const begins = isSpecific ? specific.pause(until) : key.reject(until);
		if (begins) this.progress.paused((isSpecific ? specific : key).limit.name, ms);
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

/** Whether the last attempt was not sent; earlier ones may have been. */
const wasNotSent = (error: unknown): boolean =>
	error instanceof RequestError && ['notSent', 'limited'].includes(error.failure.kind);

const toRequestError = (error: unknown): unknown =>
	error instanceof RateLimitWaitError
		? new RequestError({ kind: 'limited', limit: error.limit, until: error.until })
		: error;
