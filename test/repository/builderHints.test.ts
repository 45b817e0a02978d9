import { Clerk } from '../../nodes/Clerk/Clerk.node';
import { ClerkPollingTrigger } from '../../nodes/ClerkPollingTrigger/ClerkPollingTrigger.node';
import { ClerkTrigger } from '../../nodes/ClerkTrigger/ClerkTrigger.node';
import { resources } from '../../nodes/Clerk/resources';

/** What n8n's AI builder reads when it looks for a node. */

const nodes = [new Clerk(), new ClerkTrigger(), new ClerkPollingTrigger()].map(
	({ description }) => description,
);

it.each(nodes)('$displayName has a hint for the search, and no field has one', (description) => {
	expect(description.builderHint?.searchHint).toMatch(/^[A-Z].*\.$/);
	// n8n 2.41 does not load a node with a hint on `resource` or `operation`.
	expect(JSON.stringify(description.properties)).not.toContain('"builderHint"');
});

it('the hint of the Clerk node names operations that there are', () => {
	const named = { user: ['Clean Up', 'Offboard'], organizationMembership: ['Sync'] };
	for (const [value, names] of Object.entries(named)) {
		const resource = resources.find((one) => one.value === value)!;
		const known = resource.operations.map(({ name }) => name);
		expect(known).toEqual(expect.arrayContaining(names));
		expect(nodes[0].builderHint?.searchHint).toContain(
			`${names.join(' and ')} of ${resource.name}`,
		);
	}
});
