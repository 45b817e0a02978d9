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
import { Cancelled } from '../rateLimit/cancellation';
import { realClock } from '../rateLimit/clock';
import { Windows } from '../rateLimit/rateLimiters';
import { WaitTooLong } from '../rateLimit/slidingWindow';
import type { Room, Window } from '../rateLimit/slidingWindow';
import type { ClerkCredential, NarrowLimit, RateLimits } from './credential';
import { Gone, isUnknown, outcomeOf, outcomeOfThrown, RequestFailed } from './outcome';
import type { Outcome } from './outcome';
import { readAnswer } from './pagination';
import { Progress } from './progress';
import { optionsFor } from './requestOptions';
import { Tries } from './retries';
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
const sharedWindows = new Windows(realClock);

/** One run's way to Clerk, with one credential: allowed, paced, repeated, and stopped with the execution. */
export class Client {
	/** How many 5xx, timeouts and broken connections there were so far. */
	troubles = 0;

	readonly progress: Progress;

	private readonly baseUrl: string;

	/** Names the account in the shared windows without holding its key. */
	private readonly account: string;

	/** @throws RequestFailed when the credential cannot be used */
	constructor(
		private readonly host: Host,
		private readonly credential: ClerkCredential,
		private readonly limits: RateLimits,
		private readonly options: ClientOptions,
		private readonly windows: Windows = sharedWindows,
	) {
		const reason = keyObjection(credential.secretKey) ?? baseUrlObjection(credential.baseUrl);
		if (reason) throw new RequestFailed({ kind: 'refused', reason });
		this.baseUrl = rootOf(credential.baseUrl);
		this.account = createHash('sha256')
			.update(`${this.baseUrl} ${credential.secretKey}`)
			.digest('base64');
		this.progress = new Progress(host.logger, () => this.now());
	}

	/**
	 * Sends a request until it is answered for good.
	 *
	 * @returns what Clerk answered; undefined for an answer without content, or where a check tells that
	 * a try without an answer had carried it out; `Gone` for a DELETE that an earlier try had carried out
	 * @throws RequestFailed, Cancelled
	 */
	async send(request: ApiRequest): Promise<unknown> {
		this.ensureAllowed(request);
		const tries = new Tries(request, this.options.retries);
		return await this.sendAgain(request, tries).catch((error: unknown) => {
			throw wasNotSent(error) && tries.inDoubt
				? new RequestFailed({ ...tries.inDoubt, request })
				: error;
		});
	}

	private async sendAgain(request: ApiRequest, tries: Tries): Promise<unknown> {
		const lanes = this.lanesOf(request.method, request.path);
		for (;;) {
			const outcome = await this.attempt(request, lanes);
			if (outcome.kind === 'answered' && outcome.status < 300) return outcome.body;
			if (tries.wasCarriedOut(outcome)) return new Gone();
			if (isTrouble(outcome)) this.troubles++;
			const next = tries.after(outcome, this.now());
			if (!next) throw new RequestFailed({ ...outcome, request });
			this.progress.repeated++;
			if ('pauseMs' in next) this.pause(lanes, next.pauseMs);
			else await this.windows.clock.wait(next.waitMs, this.signal);
			if (await this.wasCarriedOut(request, outcome)) return undefined;
		}
	}

	/** Whether a POST of which nobody knows the outcome has left what tells of it. */
	private async wasCarriedOut(request: ApiRequest, outcome: Outcome): Promise<boolean> {
		const { method, check } = request;
		if (!check || !isUnknown(method, outcome)) return false;
		const found = await this.send(check).catch((error: unknown) => {
			throw error instanceof Cancelled ? error : new RequestFailed({ ...outcome, request });
		});
		return readAnswer(found).rows.length > 0;
	}

	/** @throws RequestFailed where the access policy forbids it */
	ensureAllowed({ method, path }: ApiRequest): void {
		const reason = refusal(this.credential.accessPolicy, method, path);
		if (reason) throw new RequestFailed({ kind: 'refused', reason });
	}

	/** What a limit that holds for long lets through of such requests; undefined where none does. */
	roomFor({ method, path }: ApiRequest): Room | undefined {
		const narrow = this.limits.ofRequest(method, path);
		if (!narrow || narrow.limit.windowMs < LONG_MS) return undefined;
		const window = this.narrowWindow(narrow);
		return {
			...narrow,
			...window.room(this.options.maxWaitMs),
			waitOf: (calls) => window.waitOf(calls),
		};
	}

	private async attempt(request: ApiRequest, lanes: Window[]): Promise<Outcome> {
		await this.enter(lanes);
		// Not before: it reads files, and those of requests that wait would all be in memory.
		const options = await optionsFor(this.baseUrl, request, this.signal).catch((error: unknown) => {
			for (const lane of lanes) lane.giveBack();
			throw error;
		});
		this.progress.sent();
		const outcome = await this.sendOnce(options)
			.then((response) => outcomeOf(response, this.cleaned(response.body), request, this.now()))
			.catch(outcomeOfThrown)
			.finally(() => lanes.forEach((lane) => lane.leave()));
		if (this.signal?.aborted && outcome.kind !== 'answered') throw new Cancelled();
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
	private cleaned(body: unknown): string {
		return typeof body === 'string' ? withoutSecret(body, this.credential.secretKey) : '';
	}

	private async enter(lanes: Window[]): Promise<void> {
		const entered: Window[] = [];
		this.progress.waits();
		try {
			for (const lane of lanes) {
				await lane.enter(this.options.maxWaitMs, this.signal);
				entered.push(lane);
			}
		} catch (error) {
			for (const lane of entered) lane.giveBack();
			throw toFailure(error);
		} finally {
			this.progress.waitsNoMore();
		}
	}

	/** Narrowest first: who waits for the limit of one user must not hold a slot of the key's. */
	private lanesOf(method: Method, path: string): Window[] {
		const { secretKey, rateLimitShare } = this.credential;
		const ofKey = this.limits.ofKey(secretKey);
		const share = Math.min(100, Math.max(1, rateLimitShare)) / 100;
		const budget = Math.max(1, Math.floor(ofKey.budget * share));
		const keyWindow = this.windows.openLasting(this.account, { ...ofKey, budget });
		const narrow = this.limits.ofRequest(method, path);
		if (!narrow) return [keyWindow];
		return [this.narrowWindow(narrow), keyWindow];
	}

	private narrowWindow({ limit, countedBy }: NarrowLimit): Window {
		return this.windows.open(`${this.account} ${countedBy}`, limit);
	}

	/** The narrow limit is to blame where it is used up, or where the key's window is too short for such a pause, and its own is longer. */
	private pause(lanes: Window[], ms: number): void {
		const narrow = lanes[0];
		const ofKey = lanes[lanes.length - 1];
		const fits = ms > ofKey.limit.windowMs && narrow.limit.windowMs > ofKey.limit.windowMs;
		const isNarrow = narrow !== ofKey && (narrow.isFull || fits);
		const until = this.now() + ms;
		// Others live on the key's limit all the time; on a narrow one hardly, and for an hour to learn from.
		const begins = isNarrow ? narrow.pause(until) : ofKey.reject(until);
		if (begins) this.progress.paused((isNarrow ? narrow : ofKey).limit.name, ms);
	}

	private get signal(): AbortSignal | undefined {
		return 'getExecutionCancelSignal' in this.host
			? this.host.getExecutionCancelSignal()
			: undefined;
	}

	private now(): number {
		return this.windows.clock.now();
	}
}

const isTrouble = (outcome: Outcome): boolean =>
	outcome.kind !== 'answered' || outcome.status >= 500;

/** The last try, whatever became of those before it. */
const wasNotSent = (error: unknown): boolean =>
	error instanceof RequestFailed && ['unreached', 'limited'].includes(error.failure.kind);

const toFailure = (error: unknown): unknown =>
	error instanceof WaitTooLong
		? new RequestFailed({ kind: 'limited', limit: error.limit, until: error.until })
		: error;
