import { EVENT_OPTIONS } from '../../nodes/ClerkTrigger/events';
import manifest from '../../package.json';
import { eventsOfDocument, eventsOfSdk, watch } from '../../scripts/watchClerk';
import {
	readDocument,
	readWebhooksDocument,
	runWatch,
	sdkEventTypes,
	withSources,
} from '../support/spec';

/** `npm run spec:watch`: what the weekly workflow reports, also on altered copies of what Clerk has. */

const SLOW = 120_000;

/** The report on some sources, by kind. */
const watched = async (sources: Record<string, string>) => await withSources(sources, watch);

const changesIn = (report: string) => report.split('\n').filter((line) => /^[+~-]/.test(line));

const offered = EVENT_OPTIONS.map(({ value }) => String(value));
const used = manifest.devDependencies['@clerk/backend'];

/** Clerk's document lacks it. */
const ADDED = 'subscriptionItem.created';

const webhooksOf = (events: string[]) =>
	JSON.stringify({
		openapi: '3.0.3',
		'x-webhooks': Object.fromEntries(events.map((one) => [one, {}])),
	});

describe('the sources of events', () => {
	it('are read from a document of webhooks', () => {
		expect(eventsOfDocument(webhooksOf(['user.updated', 'user.created']))).toEqual([
			'user.created',
			'user.updated',
		]);
		expect(() => eventsOfDocument('{"openapi":"3.0.3"}')).toThrow('not a document of webhooks');
	});

	it("are read from the SDK's types, all of which the trigger offers", () => {
		const events = eventsOfSdk(sdkEventTypes());
		expect(events).toContain('subscriptionItem.created');
		expect(events.length).toBeGreaterThan(40);
		expect(events.filter((event) => !offered.includes(event))).toEqual([]);
		expect(() => eventsOfSdk('export type Other = string;')).toThrow('not the SDK');
	});
});

describe('npm run spec:watch', () => {
	it('reports an event that the trigger does not offer, one that is gone, and a new SDK', async () => {
		const [gone, ...others] = offered;
		const documented = others.filter((event) => event !== ADDED);
		const { count, report } = await watched({
			webhooks: webhooksOf([...documented.slice(5), 'user.archived']),
			'sdk-events': `export type A = Webhook<${others.map((one) => `'${one}'`).join(' | ')} | 'badge.created', UserJSON>;`,
			sdk: '99.0.0',
		});
		expect(changesIn(report)).toEqual([
			'+ event user.archived',
			'+ event badge.created',
			`~ @clerk/backend was ${used}, is 99.0.0`,
			`- event ${gone}`,
		]);
		expect(count).toBe(4);
		expect(report).toMatch(/4 differences$/);
	});

	it('says so when there is nothing new', async () => {
		const same = await watched({
			webhooks: webhooksOf(offered.filter((event) => event !== ADDED)),
			'sdk-events': `export type A = Webhook<'${ADDED}', UserJSON>;`,
			sdk: used,
		});
		expect(same).toEqual({ count: 0, report: '0 differences' });
	});

	it.each<[Record<string, string>, string]>([
		[{ webhooks: '{}' }, 'document of webhooks'],
		[{ other: 'x' }, 'is not one of bapi'],
		[{}, 'npm run spec:watch'],
	])('rejects %j: %s', async (sources, reason) => {
		await expect(watched(sources)).rejects.toThrow(reason);
	});

	it(
		'tells nothing new, a difference and no response apart by its exit code',
		async () => {
			const [same, other, none] = await Promise.all([
				runWatch([`sdk=${used}`]),
				runWatch(['sdk=99.0.0']),
				runWatch(['other=x']),
			]);
			expect(same).toEqual({ code: 0, output: '0 differences\n' });
			expect(other).toMatchObject({ code: 1, output: expect.stringMatching(/1 difference\n$/) });
			expect(none).toEqual({ code: 2, output: '' });
		},
		SLOW,
	);

	it('says that the document has caught up with an event of spec/additions.json', async () => {
		const { count, report } = await watched({ webhooks: webhooksOf(offered), sdk: used });
		expect(count).toBe(1);
		expect(changesIn(report)).toEqual([
			"~ event subscriptionItem.created is in Clerk's document now: remove it from spec/additions.json",
		]);
	});

	const documents = { bapi: readDocument(), webhooks: readWebhooksDocument() };

	if (!documents.bapi || !documents.webhooks) {
		it.skip("reports what was altered in copies of Clerk's documents (set CLERK_OPENAPI_FILE)", () => {});
	} else {
		const { bapi, webhooks } = documents;
		const sources = { bapi, webhooks, 'sdk-events': sdkEventTypes(), sdk: used };

		it(
			"finds nothing new in Clerk's documents and SDK",
			async () => {
				expect(await watched(sources)).toEqual({ count: 0, report: '0 differences' });
			},
			SLOW,
		);

		it(
			"reports what was altered in copies of Clerk's documents and of the SDK's types",
			async () => {
				const { report } = await watched({
					bapi: bapi.replace(/^ {2}\/users\/count:/m, '  /users/number:'),
					webhooks: webhooks.replace(/^ {2}user\.created:/m, '  user.born:'),
					'sdk-events': sources['sdk-events'].replace("'sms.created'", "'sms.sent'"),
					sdk: used,
				});
				expect(changesIn(report)).toEqual([
					'- GET /users/count',
					'+ GET /users/number',
					'+ event user.born',
					'+ event sms.sent',
				]);
			},
			SLOW,
		);
	}
});
