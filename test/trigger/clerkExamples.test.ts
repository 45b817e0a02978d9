import { ALL_EVENTS, EVENT_OPTIONS } from '../../nodes/ClerkTrigger/events';
import { EVENT_TYPES, exampleOf } from '../../sandbox/clerk/webhooks/examples';
import { clerkExamples, goldenOf, goldens } from '../support/clerkExamples';
import { openTrigger, secretOf, signedBySvix } from '../support/webhook';

/** Clerk's own example of each event, with what comes out of the trigger. */

const examples = clerkExamples();

test('the events are the same in the form, in the goldens and in the simulated Clerk', () => {
	const types = EVENT_OPTIONS.map(({ value }) => value);
	expect(types).not.toContain(ALL_EVENTS);
	expect([...types].sort()).toEqual(Object.keys(goldens()));
	expect([...types].sort()).toEqual(EVENT_TYPES);
	expect(types).toHaveLength(45);
});

if (examples) {
	test('there is an example of each event', () => {
		expect(Object.keys(examples).sort()).toEqual(EVENT_TYPES);
	});

	test.each(EVENT_TYPES)('%s has its golden output', async (type) => {
		const { receive } = openTrigger({ parameters: { events: [type] } });
		const delivery = signedBySvix(secretOf(1), examples[type], { id: 'msg_golden' });
		const { json } = await receive(delivery);
		expect(goldenOf(json!)).toEqual(goldens()[type]);
		expect(json).toMatchObject({ eventType: type, occurredAt: '2024-05-28T08:00:00.000Z' });
	});

	test.each(EVENT_TYPES)('%s of the simulated Clerk has no field less', (type) => {
		const ours = exampleOf({ clock: Date.now }, type);
		expect(Object.keys(ours)).toEqual(expect.arrayContaining(Object.keys(examples[type])));
		const missing = Object.keys(examples[type].data).filter((key) => !(key in ours.data));
		expect(missing).toEqual([]);
	});
} else {
	test.skip("Clerk's own examples have their golden outputs (set CLERK_OPENAPI_FILE)", () => {});
}
