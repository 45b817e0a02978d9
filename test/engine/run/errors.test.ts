import { fakeClock } from '../../support/fakeClock';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { describeError, toNodeError } from '../../../nodes/Clerk/engine/run/errors';
import type { ErrorContext } from '../../../nodes/Clerk/engine/run/errors';
import { InvalidInputError } from '../../../nodes/Clerk/engine/operation';
import type { ApiRequest } from '../../../nodes/Clerk/engine/operation';
import { MissingResultError, RequestError } from '../../../nodes/Clerk/engine/http/outcome';
import type { Failure } from '../../../nodes/Clerk/engine/http/outcome';
import { IncompleteJobError } from '../../../nodes/Clerk/engine/run/incompleteJob';
import { LookupError } from '../../../nodes/Clerk/engine/run/resolve';
import { CancelledError } from '../../../nodes/Clerk/engine/rateLimit/cancellation';
import { deleteOrganizationMembership as removeMember } from '../../../nodes/Clerk/resources/organizationMembership/delete';
import { create } from '../../../nodes/Clerk/resources/user/create';
import { update } from '../../../nodes/Clerk/resources/user/update';
import {
	response,
	networkError,
	everythingIn,
	KEY,
	errorResponse,
	run,
} from '../../support/scripted';
import type { Respond } from '../../support/scripted';
import { gets, notFound } from '../../support/users';

// Each test starts with all rate limits free.
beforeEach(async () => await fakeClock.wait(3_600_000));

const node = {
	id: '1',
	name: 'Clerk',
	type: 'clerk',
	typeVersion: 1,
	position: [0, 0] as [number, number],
	parameters: {},
};

const get: ApiRequest = { method: 'GET', path: '/users/user_1' };
const post: ApiRequest = { method: 'POST', path: '/users' };

const errorOf = (failure: Failure, words: Partial<ErrorContext> = {}) =>
	toNodeError(new RequestError(failure), { node, secretKey: KEY, itemIndex: 3, ...words });

const responseWith = (status: number, body: unknown, request = get): Failure => ({
	kind: 'response',
	status,
	body,
	request,
});

const clerkSays = (...errors: unknown[]) => ({ errors, clerk_trace_id: 'trace_0123' });

describe('toNodeError, of an item that is partly done', () => {
	it.each<[string, unknown, string]>([
		[
			'an invalid value',
			new InvalidInputError('Role', 'is empty'),
			'Nothing was sent for this item.',
		],
		[
			'the access policy',
			new RequestError({ kind: 'forbidden', reason: 'The policy says no.' }),
			'Nothing was sent.',
		],
		[
			'a broken connection',
			new RequestError({ kind: 'notSent', code: 'ECONNREFUSED', request: get }),
			'Nothing was changed.',
		],
	])('does not say that nothing was changed, for %s', (_, error, reassurance) => {
		const descriptionIf = (isPartlyDone: boolean) =>
			toNodeError(error, { node, isPartlyDone }).description ?? '';
		expect(descriptionIf(false)).toContain(reassurance);
		expect(descriptionIf(true)).not.toContain('Nothing was');
	});
});

const OWN_FAILURES: Array<[string, Failure]> = [
	['forbidden', { kind: 'forbidden', reason: 'The policy says no.' }],
	[
		'limited',
		{
			kind: 'limited',
			limit: { name: '10 in 10 seconds', maxRequests: 10, windowMs: 1 },
			until: 1e12,
		},
	],
	['notSent', { kind: 'notSent', code: 'ECONNREFUSED', request: get }],
	['noResponse', { kind: 'noResponse', code: 'ECONNRESET', request: post }],
	['invalidResponse', { kind: 'invalidResponse', status: 200, request: post }],
	...[302, 400, 401, 402, 403, 404, 409, 422, 429, 500, 503].map((status): [string, Failure] => [
		`status ${status}`,
		responseWith(status, undefined, post),
	]),
];

describe('toNodeError, of Clerk’s response', () => {
	it('uses the first message as the title, with the item', () => {
		const nodeError = errorOf(
			responseWith(
				422,
				clerkSays({ message: 'is taken', long_message: 'That username is taken.' }),
			),
		);
		expect(nodeError).toBeInstanceOf(NodeApiError);
		expect(nodeError.message).toBe('That username is taken [item 3]');
		expect(nodeError).toMatchObject({ httpCode: '422', context: { itemIndex: 3 } });
	});

	it('starts with the label of the form’s field', () => {
		const entry = { message: 'is taken', meta: { param_name: 'username' } };
		const { message } = errorOf(responseWith(422, clerkSays(entry)), { operation: update });
		expect(message).toBe('Username: is taken [item 3]');
	});

	it('lists every error with its code and its parameter', () => {
		const { description } = errorOf(
			responseWith(
				422,
				clerkSays(
					{
						code: 'form_identifier_exists',
						message: 'That username is taken',
						meta: { param_name: 'username' },
					},
					{
						code: 'form_password_pwned',
						message: 'Password is leaked',
						meta: { param_name: 'password' },
					},
					{ code: 'form_param_unknown', message: 'is unknown', meta: { param_name: 'color' } },
				),
			),
			{ operation: update },
		);
		expect(description).toContain(
			'Clerk also said: Password is leaked (Password, parameter password, code form_password_pwned); ' +
				'is unknown (parameter color, code form_param_unknown). ',
		);
		expect(description).toContain(
			'From Clerk: parameter username, code form_identifier_exists, trace ID trace_0123.',
		);
	});

	it('joins both messages when the long one does not contain the short one', () => {
		const entry = { message: 'not found', long_message: 'No user was found with id user_1.' };
		expect(errorOf(responseWith(404, clerkSays(entry))).message).toBe(
			'not found: No user was found with id user_1 [item 3]',
		);
	});

	it('says once what Clerk said', () => {
		const entry = { message: 'is taken', long_message: 'That username is taken.', code: 'taken' };
		const { message, description } = errorOf(responseWith(422, clerkSays(entry)));
		expect(message).toBe('That username is taken [item 3]');
		expect(description).toBe(
			'Correct what Clerk reports, and run the item again. From Clerk: code taken, trace ID trace_0123.',
		);
	});

	const notFoundEntry = (long_message: string) =>
		clerkSays({ message: 'not found', long_message, code: 'resource_not_found' });

	it.each([
		['the only record of the path', update, '/users/user_1', 'nothing', 'User not found: user_1'],
		[
			'the record that Clerk names',
			removeMember,
			'/organizations/org_1/memberships/user_%C3%A9',
			'No user was found with id user_é',
			'User not found: user_é',
		],
		[
			'no record where Clerk names none of several',
			removeMember,
			'/organizations/org_1/memberships/user_1',
			'Membership was not found',
			'Membership was not found',
		],
	])('names in the words of the form %s', (_, operation, path, long, title) => {
		const request: ApiRequest = { method: 'DELETE', path };
		const failure = responseWith(404, notFoundEntry(long), request);
		expect(errorOf(failure, { operation }).message).toBe(`${title} [item 3]`);
	});

	it('says what to do about a record that was not found', () => {
		const failure = responseWith(404, notFoundEntry('No user was found'), get);
		expect(errorOf(failure, { operation: update }).description).toMatch(
			/^Check the ID, and that the secret key belongs to the same instance\. From Clerk: /,
		);
	});

	it.each([
		['email_address must be a valid email', 'Email Address must be a valid email'],
		['It must be a valid email.', 'Email Address: is invalid: It must be a valid email'],
	])('puts the label in place of the name in "%s"', (long_message, title) => {
		const meta = { param_name: 'email_address' };
		const failure = responseWith(422, clerkSays({ message: 'is invalid', long_message, meta }));
		const { message } = errorOf(failure, { operation: create });
		expect(message).toBe(`${title} [item 3]`);
	});

	it.each([
		[
			['email_address', 'password'],
			'Your instance requires Email Address and Password',
			"Fill in Email Address and Password, or add 'Skip Password Requirement'. ",
		],
		[['phone_number'], 'Your instance requires Phone Number', 'Fill in Phone Number. '],
		[['shoe_size'], 'Your instance requires shoe_size', 'Fill in shoe_size. '],
	])('names the fields of the form that the instance requires: %j', (names, title, advice) => {
		const entry = {
			code: 'form_data_missing',
			message: 'missing data',
			long_message: `${JSON.stringify(names)} data doesn't match user requirements set for this instance`,
		};
		const failure = responseWith(422, clerkSays(entry));
		const { message, description } = errorOf(failure, { operation: create });
		expect(message).toBe(`${title} [item 3]`);
		expect(description?.startsWith(advice)).toBe(true);
	});

	it('adds the trace ID for Clerk’s support', () => {
		const { description } = errorOf(responseWith(422, clerkSays({ message: 'no' })));
		expect(description).toContain('trace_0123');
	});

	it.each([
		['no entries', { errors: [] }],
		['entries that are none', { errors: [null, 'x', 5] }],
		['no object', 'teapot'],
		['nothing', undefined],
		['null', null],
		['a list', [1]],
		['an entry without a message', clerkSays({ code: 'some_code' })],
		['an entry with nothing', clerkSays({})],
	])('gives a title when the response is %s', (_, body) => {
		const nodeError = errorOf(responseWith(400, body));
		expect(nodeError.message).toMatch(/^\S.* \[item 3\]$/);
		expect(nodeError).toMatchObject({ httpCode: '400' });
	});

	it('quotes the start of a response in another shape', () => {
		const { description } = errorOf(
			responseWith(400, `<h1>Bad\n\n gateway</h1>${'x'.repeat(5_000)}`),
		);
		expect(description).toContain('<h1>Bad gateway</h1>');
		expect(description?.length).toBeLessThan(500);
	});
});

describe('toNodeError, on what to do', () => {
	it.each([
		[401, 'secret key'],
		[402, 'plan'],
		[403, 'turned off'],
		[404, '/users/user_1'],
		[429, 'rate limit'],
		[500, 'later'],
		[503, 'later'],
		[302, 'API URL'],
	])('says it for status %i', (status, says) => {
		expect(errorOf(responseWith(status, clerkSays({ message: 'no' }))).description).toContain(says);
	});

	it('says how to check the outcome of a POST that may have succeeded', () => {
		for (const failure of [
			{ kind: 'noResponse', code: 'ECONNRESET', request: post },
			{ kind: 'invalidResponse', status: 200, request: post },
			responseWith(502, undefined, post),
		] as Failure[]) {
			const { description } = errorOf(failure);
			expect(description).toContain('Outcome unknown: POST /users may have been carried out');
			expect(description).toContain('Check in Clerk');
		}
	});

	it.each(['GET', 'PUT', 'PATCH', 'DELETE'] as const)(
		'does not say that the outcome of a %s is unknown',
		(method) => {
			const { description } = errorOf({
				kind: 'noResponse',
				code: 'X',
				request: { ...get, method },
			});
			expect(description ?? '').not.toContain('Outcome unknown');
		},
	);

	it('says from when a rate limit is free again', () => {
		const nodeError = errorOf(OWN_FAILURES[1][1]);
		expect(nodeError.message).toContain('2001-09-09T01:46:40.000Z');
		expect(nodeError.description).toContain('Max Wait');
	});

	it('names the code of a connection that was not made', () => {
		expect(errorOf(OWN_FAILURES[2][1]).message).toBe(
			'Clerk could not be reached (ECONNREFUSED) [item 3]',
		);
	});
});

/** The description of an empty response with that status. */
const bare = (status: number, advice: string): [number, string] => [
	status,
	`The response was empty. ${advice}`.trim(),
];

describe('toNodeError, word by word', () => {
	it.each([
		bare(200, ''),
		bare(299, ''),
		bare(300, 'Check the API URL in the credential: it redirects.'),
		bare(399, 'Check the API URL in the credential: it redirects.'),
		bare(400, 'Correct what Clerk reports, and run the item again.'),
		bare(409, 'Correct what Clerk reports, and run the item again.'),
		bare(418, ''),
		bare(422, 'Correct what Clerk reports, and run the item again.'),
		bare(499, ''),
		bare(500, "This failed on Clerk's side; try again later."),
	])('describes an empty response with status %i', (status, description) => {
		const nodeError = errorOf(responseWith(status, undefined));
		expect([nodeError.message, nodeError.description]).toEqual([
			`Clerk responded to GET /users/user_1 with ${status} [item 3]`,
			description,
		]);
	});

	it('describes a response that is an empty text', () => {
		expect(errorOf(responseWith(418, '')).description).toBe('The response was empty.');
	});

	it('describes a response in Clerk’s shape', () => {
		const entries = [{ message: 'A. Short' }, { message: 'No. 5 is taken.', code: 'taken' }];
		expect(errorOf(responseWith(418, { errors: entries })).description).toBe(
			'Clerk also said: No. 5 is taken (code taken).',
		);
		expect(errorOf(responseWith(418, clerkSays(...entries))).description).toBe(
			'Clerk also said: No. 5 is taken (code taken). From Clerk: trace ID trace_0123.',
		);
	});

	it('describes requests without a response', () => {
		const wordingOf = (kind: Failure['kind']) => {
			const { message, description } = errorOf(
				OWN_FAILURES.find(([, failure]) => failure.kind === kind)![1],
			);
			return [message, description];
		};
		const unknown =
			'Outcome unknown: POST /users may have been carried out, so it was not sent again. Check in Clerk (or with a Get operation) whether it was carried out before you run it again.';
		expect([wordingOf('notSent'), wordingOf('noResponse'), wordingOf('invalidResponse')]).toEqual([
			[
				'Clerk could not be reached (ECONNREFUSED) [item 3]',
				"Check this machine's connection, and the API URL in the credential. Nothing was changed.",
			],
			['The connection to Clerk broke before the response arrived (ECONNRESET) [item 3]', unknown],
			[
				'The response to POST /users is not the JSON that Clerk sends (status 200) [item 3]',
				`${unknown} Something between this machine and Clerk may have responded: check the API URL in the credential, and any proxy.`,
			],
		]);
	});

	it.each<[string, unknown, string, string | null]>([
		[
			'a record that was not found',
			new LookupError('User', 'was not found', true),
			'User was not found',
			'Nothing was changed.',
		],
		[
			'an item of a batch without a record in the response',
			new MissingResultError(post),
			"Clerk's response to POST /users does not mention this item",
			'Outcome unknown: POST /users was carried out for other items or for none, so this one was not sent again. Check in Clerk (or with a Get operation) whether it was carried out before you run it again.',
		],
		[
			'an incomplete job',
			new IncompleteJobError('3 of 4 would go', [], ['At most 2 may.']),
			'3 of 4 would go',
			'At most 2 may.',
		],
		['any other error', new TypeError('x is not a function'), 'x is not a function', null],
	])('describes %s', (_, error, title, description) => {
		const nodeError = toNodeError(error, { node });
		expect([nodeError.message, nodeError.description || null]).toEqual([title, description]);
		expect(describeError(error)).toBe(title);
	});
});

describe('toNodeError, of every kind of failure', () => {
	it.each(OWN_FAILURES)('uses none of the words that n8n forbids: %s', (_, failure) => {
		const { message, description } = errorOf(failure);
		expect(`${message} ${description}`).not.toMatch(/\b(error|problem|failure|mistake)s?\b/i);
	});

	it.each(OWN_FAILURES)('ends the message in the item if there is one: %s', (_, failure) => {
		expect(errorOf(failure).message).toMatch(/ \[item 3\]$/);
		expect(errorOf(failure, { itemIndex: 0 }).message).toMatch(/ \[item 0\]$/);
		expect(errorOf(failure, { itemIndex: undefined }).message).not.toContain('[item');
	});

	it('adds notes on the rest of the run', () => {
		const { description } = errorOf(responseWith(404, undefined), {
			notes: ['Not sent: items 4–9.'],
		});
		expect(description).toContain('Not sent: items 4–9.');
	});
});

describe('toNodeError, of other errors', () => {
	it('names the field of an invalid value, and says that nothing was sent', () => {
		const nodeError = toNodeError(new InvalidInputError('Limit', 'is empty'), {
			node,
			itemIndex: 2,
		});
		expect(nodeError).toBeInstanceOf(NodeOperationError);
		expect([nodeError.message, nodeError.description]).toEqual([
			'Limit is empty [item 2]',
			'Nothing was sent for this item.',
		]);
	});

	it('says only that the execution was stopped', () => {
		const nodeError = toNodeError(new CancelledError(), { node });
		expect(nodeError.message).toBe('The execution was stopped');
		expect(nodeError.description || null).toBeNull();
	});

	it('adds the report of a job for error workflows', () => {
		const report = [{ target: 'a', status: 'planned' }];
		expect(toNodeError(new IncompleteJobError('no', report, []), { node }).context.report).toEqual(
			report,
		);
		expect(toNodeError(new Error('no'), { node }).context).not.toHaveProperty('report');
	});

	it('has no description for a job without details', () => {
		expect(toNodeError(new IncompleteJobError('no', []), { node }).description || null).toBeNull();
	});

	it('returns an error of n8n’s as it is', () => {
		const nodeError = new NodeOperationError(node, 'shown already');
		expect(toNodeError(nodeError, { node, itemIndex: 1 })).toBe(nodeError);
	});

	it.each([new TypeError('x is not a function'), 'text', undefined])(
		'returns an error of n8n’s for any thrown value: %p',
		(error) => {
			expect(toNodeError(error, { node, itemIndex: 1 })).toBeInstanceOf(NodeOperationError);
		},
	);
});

describe('toNodeError, of texts with the secret key', () => {
	it.each<[string, unknown]>([
		['a message', clerkSays({ message: `The key ${KEY} is invalid` })],
		['a long message', clerkSays({ message: 'no', long_message: `Not ${KEY}, ${KEY}!` })],
		['a code', clerkSays({ message: 'no', code: KEY })],
		['the trace ID', { errors: [{ message: 'no' }], clerk_trace_id: KEY }],
		['a page', `<pre>Authorization: Bearer ${KEY}</pre>`],
		['a field that is not used', { ...clerkSays({ message: 'no' }), debug: { headers: [KEY] } }],
	])('masks it in Clerk’s response when it is in %s', (_, body) => {
		const everything = everythingIn(errorOf(responseWith(400, body)));
		expect(everything).not.toContain(KEY);
		expect(everything).toContain('********');
	});

	it('masks it in notes and in messages of other errors', () => {
		const nodeError = toNodeError(new Error(`could not use ${KEY}`), {
			node,
			secretKey: KEY,
			notes: [`Bearer ${KEY}`],
		});
		expect(everythingIn(nodeError)).not.toContain(KEY);
	});

	it('leaves out the cause of an error', () => {
		const cause = { config: { headers: { Authorization: `Bearer ${KEY}` } } };
		const nodeError = toNodeError(
			Object.assign(new Error('broken', { cause }), { request: cause }),
			{
				node,
				secretKey: KEY,
			},
		);
		expect(everythingIn(nodeError)).not.toContain(KEY);
	});

	it('leaves no part of it at the end of an excerpt', () => {
		for (let length = 140; length < 200; length += 5) {
			const nodeError = errorOf(responseWith(400, `${'x'.repeat(length)}${KEY}`));
			expect(nodeError.description).not.toContain(KEY.slice(0, 12));
		}
	});

	it('masks nothing when there is no key', () => {
		const nodeError = toNodeError(new Error('abc'), { node, secretKey: '' });
		expect(nodeError.message).toBe('abc');
	});
});

describe('a run that fails', () => {
	const leaks: Array<[string, Respond]> = [
		[
			'Clerk repeats it in its message',
			() => errorResponse(401, [{ message: `${KEY} is invalid` }]),
		],
		[
			'Clerk repeats it in a parameter',
			() => errorResponse(422, [{ message: 'no', meta: { param_name: KEY } }]),
		],
		['a proxy prints the request', () => response(400, `<pre>Authorization: Bearer ${KEY}</pre>`)],
		['the connection breaks', async () => await Promise.reject(networkError('ECONNRESET'))],
		['the connection is rejected', async () => await Promise.reject(networkError('ECONNREFUSED'))],
	];

	it.each(leaks)('has no secret key anywhere in the error when %s', async (_, respond) => {
		const { fault } = await run({ parameters: gets('user_1') }, respond);
		expect(fault).toBeInstanceOf(NodeApiError);
		expect(everythingIn(fault)).not.toContain(KEY);
	});

	it.each(leaks)(
		'has no secret key anywhere in the failed item when %s, with continue on fail',
		async (_, respond) => {
			const { items } = await run({ parameters: gets('user_1'), continueOnFail: true }, respond);
			expect(items[0].json.error).toBeDefined();
			expect(everythingIn(items)).not.toContain(KEY);
		},
	);

	it('has no secret key anywhere when a field contains it', async () => {
		const { fault } = await run({ parameters: gets(KEY) }, notFound);
		expect(fault.httpCode).toBe('404');
		expect(everythingIn(fault)).not.toContain(KEY);
	});
});
