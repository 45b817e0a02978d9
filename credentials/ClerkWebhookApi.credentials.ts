import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

export class ClerkWebhookApi implements ICredentialType {
	name = 'clerkWebhookApi';

	displayName = 'Clerk Webhook API';

	icon: Icon = {
		light: 'file:../nodes/Clerk/clerk.svg',
		dark: 'file:../nodes/Clerk/clerk.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-clerk/n8n-nodes-clerk?tab=readme-ov-file#clerk-trigger';

	properties: INodeProperties[] = [
		{
			displayName: 'Signing Secret',
			name: 'signingSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. whsec_…',
			description:
				"From your endpoint's page in the Clerk Dashboard, under Configure → Webhooks. While you rotate it, enter the old and the new secret, separated by a space.",
		},
	];
}
