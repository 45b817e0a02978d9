import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';

import { poll } from './poll';

export class ClerkPollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Clerk Polling Trigger',
		name: 'clerkPollingTrigger',
		icon: { light: 'file:../Clerk/clerk.svg', dark: 'file:../Clerk/clerk.dark.svg' },
		group: ['trigger'],
		version: 1,
		builderHint: {
			searchHint:
				'Polls Clerk for new records. Use it only if Clerk cannot reach this n8n; otherwise use the Clerk Trigger.',
		},
		subtitle: '={{ $parameter.event }}',
		description: 'Checks Clerk for new and updated records, for an n8n without a public address',
		defaults: { name: 'Clerk Polling Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'clerkApi', required: true }],
		properties: [
			{
				displayName:
					'If Clerk can reach your n8n, use the Clerk Trigger: it runs immediately and receives all events, including deletions. This node needs no public address. It outputs what is new after you activate the workflow.',
				name: 'pollingNotice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Event',
				name: 'event',
				type: 'options',
				required: true,
				default: 'newUser',
				options: [
					{
						name: 'New Invitation',
						value: 'newInvitation',
						description: 'A person was invited to the application',
					},
					{
						name: 'New Organization',
						value: 'newOrganization',
						description: 'An organization was created',
					},
					{
						name: 'New Organization Invitation',
						value: 'newOrganizationInvitation',
						description: 'A person was invited to an organization',
					},
					{
						name: 'New User',
						value: 'newUser',
						description: 'A user signed up or was created',
					},
					{
						name: 'Updated User',
						value: 'updatedUser',
						description:
							'A user was updated or created: one item per user, however many changes there were',
					},
					{
						name: 'User Signed In',
						value: 'userSignedIn',
						description: 'A user signed in: one item per user, with the latest sign-in',
					},
				],
				description:
					'What starts the workflow. A record created with a date in the past, for example by an import, is not new.',
			},
			{
				displayName: 'Output',
				name: 'output',
				type: 'options',
				default: 'simplified',
				options: [
					{
						name: 'Raw',
						value: 'raw',
						description: 'The record as Clerk sends it',
					},
					{
						name: 'Simplified',
						value: 'simplified',
						description: 'The same fields every time, in camelCase',
					},
				],
			},
		],
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this);
	}
}
