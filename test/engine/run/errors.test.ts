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
import { update } from '../../../nodes/Clerk/resources/user/update';
import { everythingIn, KEY } from '../../support/scripted';

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

const faultOf = (failure: Failure, words: Partial<ErrorContext> = {}) =>
	toNodeError(new RequestError(failure), { node, secretKey: KEY, itemIndex: 3, ...words });

const answered = (status: number, body: unknown, request = get): Failure => ({
	kind: 'response',
	status,
	body,
	request,
});

const clerkSays = (...errors: unknown[]) => ({ errors, clerk_trace_id: 'trace_0123' });

describe('of an item that is half done', () => {
	it.each<[string, unknown, string]>([
		['a value', new InvalidInputError('Role', 'is empty'), 'Nothing was sent for this item.'],
		[
			'a policy',
			new RequestError({ kind: 'refused', reason: 'The policy says no.' }),
			'Nothing was sent.',
		],
		[
			'a broken connection',
			new RequestError({ kind: 'notSent', code: 'ECONNREFUSED', request: get }),
			'Nothing was changed.',
		],
	])('%s says nothing of the whole', (_, error, reassurance) => {
		const said = (isPartlyDone: boolean) =>
			toNodeError(error, { node, isPartlyDone }).description ?? '';
		expect(said(false)).toContain(reassurance);
		expect(said(true)).not.toContain('Nothing was');
	});
});

const OWN_FAILURES: Array<[string, Failure]> = [
	['refused', { kind: 'refused', reason: 'The policy says no.' }],
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
		answered(status, undefined, post),
	]),
];

describe('what Clerk said', () => {
	it('is the title: the first of its messages, with the item', () => {
		const fault = faultOf(
			answered(422, clerkSays({ message: 'is taken', long_message: 'That username is taken.' })),
		);
		expect(fault).toBeInstanceOf(NodeApiError);
		expect(fault.message).toBe('That username is taken [item 3]');
		expect(fault).toMatchObject({ httpCode: '422', context: { itemIndex: 3 } });
	});

	it('begins with the field of the form that it is about', () => {
		const entry = { message: 'is taken', meta: { param_name: 'username' } };
		const { message } = faultOf(answered(422, clerkSays(entry)), { operation: update });
		expect(message).toBe('Username: is taken [item 3]');
	});

	it('is told whole: every entry, with its code and its parameter', () => {
		const { description } = faultOf(
			answered(
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
			'That username is taken (Username, parameter username, code form_identifier_exists); ' +
				'Password is leaked (Password, parameter password, code form_password_pwned); ' +
				'is unknown (parameter color, code form_param_unknown)',
		);
	});

	it('is told with both messages where the long one does not repeat the short', () => {
		const entry = { message: 'not found', long_message: 'No user was found with id user_1.' };
		expect(faultOf(answered(404, clerkSays(entry))).message).toBe(
			'not found: No user was found with id user_1 [item 3]',
		);
	});

	it('ends in the trace ID that Clerk’s support asks for', () => {
		const { description } = faultOf(answered(422, clerkSays({ message: 'no' })));
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
	])('may be %s, and still gives a title', (_, body) => {
		const fault = faultOf(answered(400, body));
		expect(fault.message).toMatch(/^\S.* \[item 3\]$/);
		expect(fault).toMatchObject({ httpCode: '400' });
	});

	it('in another shape is quoted, as far as it helps', () => {
		const { description } = faultOf(answered(400, `<h1>Bad\n\n gateway</h1>${'x'.repeat(5_000)}`));
		expect(description).toContain('<h1>Bad gateway</h1>');
		expect(description?.length).toBeLessThan(500);
	});
});

describe('what to do about it', () => {
	it.each([
		[401, 'secret key'],
		[402, 'plan'],
		[403, 'turned off'],
		[404, '/users/user_1'],
		[429, 'rate limit'],
		[500, 'later'],
		[503, 'later'],
		[302, 'API URL'],
	])('is said for %i', (status, says) => {
		expect(faultOf(answered(status, clerkSays({ message: 'no' }))).description).toContain(says);
	});

	it('says of a POST that may have been carried out how to find out', () => {
		for (const failure of [
			{ kind: 'noResponse', code: 'ECONNRESET', request: post },
			{ kind: 'invalidResponse', status: 200, request: post },
			answered(502, undefined, post),
		] as Failure[]) {
			const { description } = faultOf(failure);
			expect(description).toContain('Outcome unknown: POST /users may have been carried out');
			expect(description).toContain('Look in Clerk');
		}
	});

	it.each(['GET', 'PUT', 'PATCH', 'DELETE'] as const)('does not say so of a %s', (method) => {
		const { description } = faultOf({ kind: 'noResponse', code: 'X', request: { ...get, method } });
		expect(description ?? '').not.toContain('Outcome unknown');
	});

	it('says from when a limit is open again', () => {
		const fault = faultOf(OWN_FAILURES[1][1]);
		expect(fault.message).toContain('2001-09-09T01:46:40.000Z');
		expect(fault.description).toContain('Max Wait');
	});

	it('names the code of a connection that was not there', () => {
		expect(faultOf(OWN_FAILURES[2][1]).message).toBe(
			'Clerk could not be reached (ECONNREFUSED) [item 3]',
		);
	});
});

/** What is said where there is nothing but a status, and `advice` on it. */
const bare = (status: number, advice: string): [number, string] => [
	status,
	`The answer was empty. ${advice}`.trim(),
];

describe('the whole wording', () => {
	it.each([
		bare(200, ''),
		bare(299, ''),
		bare(300, 'Check the API URL in the credential: it redirects.'),
		bare(399, 'Check the API URL in the credential: it redirects.'),
		bare(400, 'Correct what Clerk names, and run the item again.'),
		bare(409, 'Correct what Clerk names, and run the item again.'),
		bare(418, ''),
		bare(422, 'Correct what Clerk names, and run the item again.'),
		bare(499, ''),
		bare(500, "The fault is on Clerk's side; try again later."),
	])('of an empty answer with status %i', (status, description) => {
		const fault = faultOf(answered(status, undefined));
		expect([fault.message, fault.description]).toEqual([
			`Clerk answered GET /users/user_1 with ${status} [item 3]`,
			description,
		]);
	});

	it('of an answer that is an empty text', () => {
		expect(faultOf(answered(418, '')).description).toBe('The answer was empty.');
	});

	it('of an answer in Clerk’s shape', () => {
		const entries = [{ message: 'A. Short' }, { message: 'No. 5 is taken.', code: 'taken' }];
		expect(faultOf(answered(418, { errors: entries })).description).toBe(
			'Clerk said: A. Short; No. 5 is taken (code taken).',
		);
		expect(faultOf(answered(418, clerkSays(...entries))).description).toBe(
			"Clerk said: A. Short; No. 5 is taken (code taken). Trace ID for Clerk's support: trace_0123.",
		);
	});

	it('of what was never answered', () => {
		const said = (kind: Failure['kind']) => {
			const { message, description } = faultOf(
				OWN_FAILURES.find(([, failure]) => failure.kind === kind)![1],
			);
			return [message, description];
		};
		const unknown =
			'Outcome unknown: POST /users may have been carried out, so it was not sent again. Look in Clerk (or with a Get operation) whether it was carried out, before you run it once more.';
		expect([said('notSent'), said('noResponse'), said('invalidResponse')]).toEqual([
			[
				'Clerk could not be reached (ECONNREFUSED) [item 3]',
				"Check this machine's connection, and the API URL in the credential. Nothing was changed.",
			],
			['The connection to Clerk broke before the answer was there (ECONNRESET) [item 3]', unknown],
			[
				'The answer to POST /users is not the JSON that Clerk sends (status 200) [item 3]',
				`${unknown} Something between this machine and Clerk may have answered: check the API URL in the credential, and any proxy.`,
			],
		]);
	});

	it.each<[string, unknown, string, string | null]>([
		[
			'a record that was looked up',
			new LookupError('User', 'was not found', true),
			'User was not found',
			'Nothing was changed.',
		],
		[
			'one of many items that Clerk says nothing about',
			new MissingResultError(post),
			"Clerk's answer to POST /users says nothing about this item",
			'Outcome unknown: POST /users was carried out for other items or for none, so this one was not sent again. Look in Clerk (or with a Get operation) whether it was carried out, before you run it once more.',
		],
		[
			'a job that broke off',
			new IncompleteJobError('3 of 4 would go', [], ['At most 2 may.']),
			'3 of 4 would go',
			'At most 2 may.',
		],
		['anything else', new TypeError('x is not a function'), 'x is not a function', null],
	])('of %s', (_, error, title, description) => {
		const fault = toNodeError(error, { node });
		expect([fault.message, fault.description || null]).toEqual([title, description]);
		expect(describeError(error)).toBe(title);
	});
});

describe('our own wording', () => {
	it.each(OWN_FAILURES)('has none of the words that n8n forbids: %s', (_, failure) => {
		const { message, description } = faultOf(failure);
		expect(`${message} ${description}`).not.toMatch(/\b(error|problem|failure|mistake)s?\b/i);
	});

	it.each(OWN_FAILURES)(
		'ends in the item, and does not where none is to blame: %s',
		(_, failure) => {
			expect(faultOf(failure).message).toMatch(/ \[item 3\]$/);
			expect(faultOf(failure, { itemIndex: 0 }).message).toMatch(/ \[item 0\]$/);
			expect(faultOf(failure, { itemIndex: undefined }).message).not.toContain('[item');
		},
	);

	it('adds what is to say about the rest of the run', () => {
		const { description } = faultOf(answered(404, undefined), { notes: ['Not sent: items 4–9.'] });
		expect(description).toContain('Not sent: items 4–9.');
	});
});

describe('other faults', () => {
	it('of a form name the field, and say that nothing was sent', () => {
		const fault = toNodeError(new InvalidInputError('Limit', 'is empty'), { node, itemIndex: 2 });
		expect(fault).toBeInstanceOf(NodeOperationError);
		expect([fault.message, fault.description]).toEqual([
			'Limit is empty [item 2]',
			'Nothing was sent for this item.',
		]);
	});

	it('that are stops say so, and no more', () => {
		const fault = toNodeError(new CancelledError(), { node });
		expect(fault.message).toBe('The execution was stopped');
		expect(fault.description || null).toBeNull();
	});

	it('of jobs bring their report for error workflows', () => {
		const report = [{ target: 'a', status: 'planned' }];
		expect(toNodeError(new IncompleteJobError('no', report, []), { node }).context.report).toEqual(
			report,
		);
		expect(toNodeError(new Error('no'), { node }).context).not.toHaveProperty('report');
	});

	it('of jobs need no more than their sentence', () => {
		expect(toNodeError(new IncompleteJobError('no', []), { node }).description || null).toBeNull();
	});

	it('that n8n can show already are handed on as they are', () => {
		const fault = new NodeOperationError(node, 'shown already');
		expect(toNodeError(fault, { node, itemIndex: 1 })).toBe(fault);
	});

	it.each([new TypeError('x is not a function'), 'text', undefined])(
		'that nobody thought of (%p) still become one that n8n can show',
		(error) => {
			expect(toNodeError(error, { node, itemIndex: 1 })).toBeInstanceOf(NodeOperationError);
		},
	);
});

describe('the secret key', () => {
	it.each<[string, unknown]>([
		['a message', clerkSays({ message: `The key ${KEY} is invalid` })],
		['a long message', clerkSays({ message: 'no', long_message: `Not ${KEY}, ${KEY}!` })],
		['a code', clerkSays({ message: 'no', code: KEY })],
		['the trace ID', { errors: [{ message: 'no' }], clerk_trace_id: KEY }],
		['a page', `<pre>Authorization: Bearer ${KEY}</pre>`],
		['what nobody reads', { ...clerkSays({ message: 'no' }), debug: { headers: [KEY] } }],
	])('is cut out of Clerk’s answer, where it stands in %s', (_, body) => {
		const everything = everythingIn(faultOf(answered(400, body)));
		expect(everything).not.toContain(KEY);
		expect(everything).toContain('********');
	});

	it('is cut out of notes and of what nobody thought of', () => {
		const fault = toNodeError(new Error(`could not use ${KEY}`), {
			node,
			secretKey: KEY,
			notes: [`Bearer ${KEY}`],
		});
		expect(everythingIn(fault)).not.toContain(KEY);
	});

	it('is not brought along by a cause', () => {
		const cause = { config: { headers: { Authorization: `Bearer ${KEY}` } } };
		const fault = toNodeError(Object.assign(new Error('broken', { cause }), { request: cause }), {
			node,
			secretKey: KEY,
		});
		expect(everythingIn(fault)).not.toContain(KEY);
	});

	it('leaves no part of itself where an excerpt ends', () => {
		for (let length = 140; length < 200; length += 5) {
			const fault = faultOf(answered(400, `${'x'.repeat(length)}${KEY}`));
			expect(fault.description).not.toContain(KEY.slice(0, 12));
		}
	});

	it('that is not known cuts nothing out', () => {
		const fault = toNodeError(new Error('abc'), { node, secretKey: '' });
		expect(fault.message).toBe('abc');
	});
});
