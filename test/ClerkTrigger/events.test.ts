import additions from '../../spec/additions.json';
import { addedEvents } from '../../scripts/lib/additions';
import { EVENT_OPTIONS } from '../../nodes/ClerkTrigger/events';
import { EVENT_TYPES, exampleOf } from '../../sandbox/clerk/webhooks/examples';
import { clerkExamples, goldenOf, goldens } from '../support/clerkExamples';
import { openTrigger, secretOf, signedBySvix } from '../support/webhook';

/** Clerk's own example of each event, and the trigger's output for it. */

const examples = clerkExamples();
const added = addedEvents(additions);
const documented = EVENT_TYPES.filter((type) => !added.includes(type));

test('EVENT_OPTIONS has the events of the golden outputs, of the additions and of the simulated Clerk', () => {
	const types = EVENT_OPTIONS.map(({ value }) => value);
	expect(types).not.toContain('*');
	expect(documented).toEqual(Object.keys(goldens()));
	expect([...types].sort()).toEqual(EVENT_TYPES);
	expect(types).toHaveLength(46);
});

if (examples) {
	test("Clerk's document has an example of every event but those added", () => {
		expect(Object.keys(examples).sort()).toEqual(documented);
	});

	test.each(documented)(
		"the trigger outputs Clerk's example of %s as in the golden file",
		async (type) => {
			const { receive } = openTrigger({ parameters: { events: [type] } });
			const delivery = signedBySvix(secretOf(1), examples[type], { id: 'msg_golden' });
			const { json } = await receive(delivery);
			expect(goldenOf(json!)).toEqual(goldens()[type]);
			expect(json).toMatchObject({ eventType: type, occurredAt: '2024-05-28T08:00:00.000Z' });
		},
	);

	test.each(documented)("the simulated Clerk's %s has every field of Clerk's example", (type) => {
		const simulated = exampleOf({ clock: Date.now }, type);
		expect(Object.keys(simulated)).toEqual(expect.arrayContaining(Object.keys(examples[type])));
		const missing = Object.keys(examples[type].data).filter((key) => !(key in simulated.data));
		expect(missing).toEqual([]);
	});
} else {
	test.skip("the trigger outputs Clerk's examples as in the golden file (set CLERK_OPENAPI_FILE)", () => {});
}
