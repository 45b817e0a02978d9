import { Clerk } from '../../nodes/Clerk/Clerk.node';
import { ClerkPollingTrigger } from '../../nodes/ClerkPollingTrigger/ClerkPollingTrigger.node';
import { ClerkTrigger } from '../../nodes/ClerkTrigger/ClerkTrigger.node';

/** What n8n's AI builder reads when it looks for a node. */

const nodes = [new Clerk(), new ClerkTrigger(), new ClerkPollingTrigger()].map(
	({ description }) => description,
);

it.each(nodes)('$displayName has a hint for the search, and no field has one', (description) => {
	expect(description.builderHint?.searchHint).toMatch(/^[A-Z].*\.$/);
	// n8n 2.41 does not load a node with a hint on `resource` or `operation`.
	expect(JSON.stringify(description.properties)).not.toContain('"builderHint"');
});
