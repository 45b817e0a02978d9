import { ClerkApi } from '../../credentials/ClerkApi.credentials';
import { ClerkWebhookApi } from '../../credentials/ClerkWebhookApi.credentials';
import { Clerk } from '../../nodes/Clerk/Clerk.node';
import { ClerkPollingTrigger } from '../../nodes/ClerkPollingTrigger/ClerkPollingTrigger.node';
import { ClerkTrigger } from '../../nodes/ClerkTrigger/ClerkTrigger.node';

/** n8n's guidelines: an example in a field starts with "e.g.". Buttons and lists say what they do. */

/** Every placeholder of a value, at any depth. */
function placeholdersIn(value: unknown): string[] {
	if (Array.isArray(value)) return value.flatMap(placeholdersIn);
	if (typeof value !== 'object' || value === null) return [];
	const { placeholder, ...others } = value as Record<string, unknown>;
	return [
		...(typeof placeholder === 'string' ? [placeholder] : []),
		...Object.values(others).flatMap(placeholdersIn),
	];
}

it.each([
	['the Clerk node', new Clerk().description],
	['the Clerk Trigger', new ClerkTrigger().description],
	['the Clerk Polling Trigger', new ClerkPollingTrigger().description],
	['the Clerk credential', new ClerkApi()],
	['the credential of the trigger', new ClerkWebhookApi()],
])('the placeholders of %s are examples that start with "e.g."', (_, { properties }) => {
	const others = placeholdersIn(properties).filter(
		(placeholder) => !/^(?:e\.g\. |Add [A-Z]|Choose )/.test(placeholder),
	);
	expect(others).toEqual([]);
});
