import { ClerkTrigger } from '../../nodes/ClerkTrigger/ClerkTrigger.node';

// In version 1 of a webhook node n8n evaluates an expression for each request (docs/n8n-notes.md, 29).
it('has a version of its type from which on n8n evaluates no expression for a request', () => {
	expect(new ClerkTrigger().description.version).toBe(2);
});
