import type {
	IExecuteFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IN8nHttpFullResponse,
	IPollFunctions,
} from 'n8n-workflow';

import { refusal } from '../../../../credentials/accessPolicy';
import { reasonToRejectBaseUrl, reasonToRejectKey, rootOf } from '../../../../credentials/clerkKey';
import type { ApiRequest } from '../operation';
import { CancelledError } from '../rateLimit/cancellation';
import { realClock } from '../rateLimit/clock';
import type { RemainingQuota } from '../rateLimit/limit';
import { RateLimitWaitError } from '../rateLimit/rateLimitWaitError';
import { RateLimiters } from '../rateLimit/rateLimiters';
import type { SlidingWindow } from '../rateLimit/slidingWindow';
import type { ClerkCredential, RateLimits } from './credential';
import { withDeadline } from './deadline';
import {
	AlreadyDeleted,
	CancelledInFlightError,
	isServerError,
	isUncertain,
	outcomeOfThrown,
	RequestError,
} from './outcome';
import type { Outcome } from './outcome';
import { normalizeListResponse } from './pagination';
import { Progress } from './progress';
import { readResponse } from './readResponse';
import { RequestLimiters } from './requestLimiters';
import { deadlineFor, toRequestOptions } from './requestOptions';
import { RetryState } from './retries';
import type { RetryPolicy } from './retries';

/** The only file that sends requests to Clerk. `retries` decides what is sent again, `rateLimit` when. */

export interface ClientOptions {
	maxWaitMs: number;
	retries: RetryPolicy;
	/** Of a run that sends with several clients. */
	progress?: Progress;
}

type Host = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

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

	private readonly requestLimiters: RequestLimiters;

	/** @throws RequestError when the key or the API URL cannot be used */
	constructor(
		private readonly host: Host,
		private readonly credential: ClerkCredential,
		limits: RateLimits,
		private readonly options: ClientOptions,
		private readonly limiters: RateLimiters = sharedLimiters,
	) {
		const reason =
			reasonToRejectKey(credential.secretKey) ?? reasonToRejectBaseUrl(credential.baseUrl);
		if (reason) throw new RequestError({ kind: 'forbidden', reason });
		this.baseUrl = rootOf(credential.baseUrl);
		this.requestLimiters = new RequestLimiters(credential, this.baseUrl, limits, limiters);
		this.progress = options.progress ?? new Progress(host.logger, () => this.now());
	}

	/**
	 * Sends a request, and retries it as the policy allows.
	 *
	 * @returns the body of Clerk's response; undefined when it has none, or when `verifyWith` shows that
	 * an attempt without a response succeeded; `AlreadyDeleted` when an earlier attempt had deleted it
	 * @param stop - ends it, as a stop of the execution does
	 * @throws RequestError, CancelledError
	 */
	async send(request: ApiRequest, stop?: AbortSignal): Promise<unknown> {
		this.ensureAllowed(request);
		const retryState = new RetryState(request, this.options.retries);
		const signal = this.signalWith(stop);
		return await this.sendWithRetries(request, retryState, signal).catch((error: unknown) => {
			const { uncertainOutcome } = retryState;
			if (!uncertainOutcome) throw error;
			if (error instanceof CancelledError) throw new CancelledInFlightError(request);
			throw wasNotSent(error) ? new RequestError({ ...uncertainOutcome, request }) : error;
		});
	}

	private async sendWithRetries(
		request: ApiRequest,
		retryState: RetryState,
		signal?: AbortSignal,
	): Promise<unknown> {
		const limiters = this.requestLimiters.for(request);
		const letGo = limiters.map((limiter) => limiter.hold());
		try {
			return await this.sendUntilDone(request, retryState, limiters, signal);
		} finally {
			letGo.forEach((end) => end());
		}
	}

	private async sendUntilDone(
		request: ApiRequest,
		retryState: RetryState,
		limiters: SlidingWindow[],
		signal?: AbortSignal,
	): Promise<unknown> {
		for (;;) {
			const outcome = await this.sendPaced(request, limiters, signal);
			if (outcome.kind === 'response' && outcome.status < 300) return outcome.body;
			if (retryState.wasDeleted(outcome)) return new AlreadyDeleted();
			if (isServerError(outcome)) this.serverErrors++;
			const next = retryState.next(outcome, this.now());
			if (!next) throw new RequestError({ ...outcome, request });
			this.progress.retries++;
			if ('pauseMs' in next) this.pause(limiters, next.pauseMs);
			else await this.limiters.clock.wait(next.waitMs, signal);
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
		if (reason) throw new RequestError({ kind: 'forbidden', reason });
	}

	/**
	 * Returns the remaining quota of the hourly limit that such a request counts towards; undefined if it
	 * counts towards none.
	 */
	remainingFor(request: ApiRequest): RemainingQuota | undefined {
		return this.requestLimiters.remainingFor(request, this.options.maxWaitMs);
	}

	private async sendPaced(
		request: ApiRequest,
		limiters: SlidingWindow[],
		stop?: AbortSignal,
	): Promise<Outcome> {
		await this.acquireAll(limiters, stop);
		// After the wait, since it reads files: only those being sent are in memory.
		const options = await toRequestOptions(this.baseUrl, request).catch((error: unknown) => {
			for (const limiter of limiters) limiter.cancel();
			throw error;
		});
		this.progress.countRequest();
		const outcome = await withDeadline(
			this.limiters.clock,
			deadlineFor(options),
			stop,
			async (signal) => await this.sendOnce(options, signal),
		)
			.then((response) =>
				readResponse(response, this.credential.secretKey, request, this.limiters.clock.date()),
			)
			.catch(outcomeOfThrown)
			.finally(() => limiters.forEach((limiter) => limiter.release()));
		if (stop?.aborted && outcome.kind !== 'response') {
			throw outcome.kind === 'notSent' || request.method === 'GET'
				? new CancelledError()
				: new CancelledInFlightError(request);
		}
		return outcome;
	}

	private async sendOnce(
		options: IHttpRequestOptions,
		abortSignal: AbortSignal,
	): Promise<IN8nHttpFullResponse> {
		// n8n takes the signal from the context that its helper is called on (docs/n8n-notes.md, 4).
		const host: Host = Object.create(this.host, {
			getExecutionCancelSignal: { value: () => abortSignal },
		});
		// Decrypted once per run, not per request; a copy, as n8n may write to it (docs/n8n-notes.md, 9).
		const data = { ...this.credential };
		const credentialsDecrypted = { id: '', name: '', type: 'clerkApi', data };
		return (await this.host.helpers.httpRequestWithAuthentication.call(
			host,
			'clerkApi',
			{ ...options, abortSignal },
			{ credentialsDecrypted },
		)) as IN8nHttpFullResponse;
	}

	private async acquireAll(limiters: SlidingWindow[], signal?: AbortSignal): Promise<void> {
		const acquired: SlidingWindow[] = [];
		this.progress.startWaiting();
		try {
			for (const limiter of limiters) {
				await limiter.acquire(this.options.maxWaitMs, signal);
				acquired.push(limiter);
			}
		} catch (error) {
			for (const limiter of acquired) limiter.cancel();
			throw toRequestError(error);
		} finally {
			this.progress.stopWaiting();
		}
	}

	private pause(limiters: SlidingWindow[], ms: number): void {
		const limit = this.requestLimiters.pause(limiters, ms);
		if (limit !== undefined) this.progress.paused(limit, ms);
	}

	/** Returns the signal of the execution and `stop` as one, which many requests may listen to. */
	private signalWith(stop: AbortSignal | undefined): AbortSignal | undefined {
		const ofExecution =
			'getExecutionCancelSignal' in this.host ? this.host.getExecutionCancelSignal() : undefined;
		return stop ? AbortSignal.any(ofExecution ? [ofExecution, stop] : [stop]) : ofExecution;
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
