import type { INode } from 'n8n-workflow';

import { withoutSecret } from '../../../../credentials/clerkKey';
import {
	CancelledInFlightError,
	errorsOf,
	isUncertain,
	MissingResultError,
	RequestError,
} from '../http/outcome';
import type { ClerkError, Failure } from '../http/outcome';
import { InvalidInputError } from '../operation';
import type { ApiRequest, Operation } from '../operation';
import { toIsoTime } from '../rateLimit/clock';
import { advice } from './advice';
import { adviceOn, factsOf, sentenceOf, titleOf } from './clerkErrors';
import { IncompleteJobError } from './incompleteJob';
import { LookupError } from './resolve';

/** Errors → words: what happened as the title, then what to do; all that Clerk said stands there once. */

export interface ErrorContext {
	node: INode;
	/** Undefined if the error is not about an item, such as one of the credential. */
	itemIndex?: number;
	operation?: Operation;
	/** Masked in every text. */
	secretKey?: string;
	/** What the item has in secret fields of the form; masked as well. */
	secrets?: string[];
	/** Whether some writes had succeeded for the item by then. */
	isPartlyDone?: boolean;
	/** Sentences about the rest of the run. */
	notes?: string[];
	/** The items of a batch that Clerk rejected without naming any of them, as in "0–9". */
	batchItems?: string;
}

/** The words of an error, before they are masked and cut. */
export interface Wording {
	title: string;
	details: string[];
	httpCode?: string;
}

/**
 * A longer text is cut before it is masked, which takes time, and its end is dropped afterwards: it may
 * be a part of a secret.
 */
const MAX_MASKED = 20_000;
const DROPPED_END = 2_000;

/** Masks the key and the item's secrets in a text, and cuts it to `length` characters. */
export function mask(
	text: string,
	{ secretKey, secrets = [] }: Partial<ErrorContext>,
	length: number,
): string {
	const masked = [secretKey, ...secrets].reduce<string>(
		(previous, secret) => withoutSecret(previous, secret),
		text.slice(0, MAX_MASKED),
	);
	const whole = text.length > MAX_MASKED ? masked.slice(0, -DROPPED_END) : masked;
	return whole.length > length || whole.length < masked.length
		? `${whole.slice(0, length).replace(HALF_CHARACTER, '')}…`
		: whole;
}

/** The first half of a character that was cut. */
const HALF_CHARACTER = /[\uD800-\uDBFF]$/;

/** Returns a body as text; never throws, since JSON nested deep enough cannot be written. */
export function toText(body: unknown): string {
	if (typeof body === 'string') return body;
	try {
		return JSON.stringify(body) ?? '';
	} catch {
		return 'JSON that is nested too deep to show';
	}
}

/** Returns the words of any error. */
export function wordingOf(error: unknown, context: Partial<ErrorContext>): Wording {
	if (error instanceof RequestError) {
		const wording = wordingOfFailure(error.failure, context);
		return { ...wording, details: [...wording.details, ...readBefore(error.recordsRead)] };
	}
	if (error instanceof InvalidInputError) {
		const reassurance =
			error instanceof LookupError ? 'Nothing was changed.' : 'Nothing was sent for this item.';
		return { title: error.message, details: context.isPartlyDone ? [] : [reassurance] };
	}
	if (error instanceof MissingResultError) {
		const name = requestName(error.request);
		return {
			title: `Clerk's response to ${name} does not mention this item`,
			details: [
				`Outcome unknown: ${name} was carried out for other items or for none, so this one was not sent again. ${HOW_TO_CHECK}`,
			],
		};
	}
	if (error instanceof CancelledInFlightError) {
		return { title: error.message, details: [mayBeDone(error.request)] };
	}
	if (error instanceof IncompleteJobError) return { title: error.message, details: error.details };
	return { title: error instanceof Error ? error.message : String(error), details: [] };
}

/** A list is output whole or not at all: a part of one looks like a list that has lost records. Pages overlap, so the count is about right. */
const readBefore = (count: number): string[] =>
	count === 0
		? []
		: [`About ${toCount(count)} were read before that. None of them is in the output.`];

const toCount = (count: number): string =>
	count === 1 ? '1 record' : `${count.toLocaleString('en')} records`;

function wordingOfFailure(failure: Failure, context: Partial<ErrorContext>): Wording {
	const { isPartlyDone } = context;
	switch (failure.kind) {
		case 'forbidden':
			return { title: failure.reason, details: isPartlyDone ? [] : ['Nothing was sent.'] };
		case 'limited':
			return {
				title: titleOfLimited(failure),
				details: [
					"Not sent, because that is longer than the 'Max Wait' option allows. Run the items again after that time, or raise 'Max Wait'.",
				],
			};
		case 'notSent':
			return {
				title: `Clerk could not be reached (${failure.code})`,
				details: [
					"Check this machine's connection, and the API URL in the credential.",
					...(isPartlyDone ? [] : ['Nothing was changed.']),
				],
			};
		case 'noResponse':
			return {
				title: `The connection to Clerk broke before the response arrived (${failure.code})`,
				details: uncertainty(failure, failure.request),
			};
		case 'invalidResponse':
			return {
				title: `The response to ${requestName(failure.request)} is not the JSON that Clerk sends (status ${failure.status})`,
				details: [
					...uncertainty(failure, failure.request),
					'Something between this machine and Clerk may have responded: check the API URL in the credential, and any proxy.',
				],
			};
		case 'response':
			return wordingOfResponse(failure, context);
	}
}

function titleOfLimited({ limit, until, needed }: Extract<Failure, { kind: 'limited' }>): string {
	const from = toIsoTime(until);
	return needed
		? `This takes ${needed.requests} calls, and Clerk's limit of ${limit.name} lets ${needed.fitting} of them through before ${from}`
		: `Clerk's limit of ${limit.name} is used up until ${from}`;
}

function wordingOfResponse(
	failure: Extract<Failure, { kind: 'response' }>,
	context: Partial<ErrorContext>,
): Wording {
	const { operation, batchItems } = context;
	const { status, body, request } = failure;
	const errors = errorsOf(body);
	const [first, ...others] = errors;
	const title = first
		? titleOf(first, request, operation)
		: `Clerk responded to ${requestName(request)} with ${status}`;
	const ownAdvice = first && status !== 429 ? adviceOn(first, request, operation) : '';
	return {
		title: batchItems ? `Clerk refused the call of items ${batchItems}: ${title}` : title,
		details: [
			first ? '' : excerpt(body, context),
			others.length > 0
				? `Clerk also said: ${others.map((entry) => sentenceOf(entry, operation)).join('; ')}.`
				: '',
			ownAdvice || advice(status, request, errors, operation),
			...uncertainty(failure, request),
			fromClerk(first, body),
		].filter(Boolean),
		httpCode: String(status),
	};
}

/** Returns what Clerk's support asks for, and what a workflow can decide by. */
function fromClerk(first: ClerkError | undefined, body: unknown): string {
	const traceId = (body as { clerk_trace_id?: unknown } | undefined)?.clerk_trace_id;
	const facts = [
		...(first ? factsOf(first) : []),
		...(typeof traceId === 'string' ? [`trace ID ${traceId}`] : []),
	];
	return facts.length > 0 ? `From Clerk: ${facts.join(', ')}.` : '';
}

const HOW_TO_CHECK =
	'Check in Clerk (or with a Get operation) whether it was carried out before you run it again.';

/** Returns a sentence on a POST that may have succeeded, which is why it was not sent again. */
const uncertainty = (
	failure: Exclude<Failure, { kind: 'forbidden' | 'limited' }>,
	request: ApiRequest,
) => (isUncertain(request.method, failure) ? [mayBeDone(request)] : []);

const mayBeDone = (request: ApiRequest): string =>
	`Outcome unknown: ${requestName(request)} may have been carried out, so it was not sent again. ${HOW_TO_CHECK}`;

/** Returns the start of a response that is not in Clerk's shape, masked before it is cut, so that no part of a secret stays. */
function excerpt(body: unknown, context: Partial<ErrorContext>): string {
	if (body === undefined || body === '') return 'The response was empty.';
	return `The response began: ${mask(toText(body), context, MAX_MASKED).replace(/\s+/g, ' ').slice(0, 200)}`;
}

const requestName = ({ method, path }: ApiRequest): string => `${method} ${path}`;
