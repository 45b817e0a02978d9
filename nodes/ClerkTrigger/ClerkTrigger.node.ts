import { NodeConnectionTypes, NodeOperationError } from 'n8n-workflow';
import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IDataObject,
	IHookFunctions,
	INodeCredentialTestResult,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { keysOf, reasonToRejectSecrets } from '../../credentials/webhookSecret';
import { EVENT_OPTIONS } from './events';
import { receive } from './receive';
import { reasonToRejectSettings } from './settings';

export class ClerkTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Clerk Trigger',
		name: 'clerkTrigger',
		icon: { light: 'file:../Clerk/clerk.svg', dark: 'file:../Clerk/clerk.dark.svg' },
		group: ['trigger'],
		// In version 1 of a webhook node n8n evaluates an expression for each request (docs/n8n-notes.md, 29).
		version: 2,
		builderHint: {
			searchHint:
				'Starts a workflow on events from Clerk, as they happen. Use it if Clerk can reach this n8n; otherwise use the Clerk Polling Trigger.',
		},
		subtitle:
			'={{ [].concat($parameter.events).includes("*") ? "all events" : [].concat($parameter.events).join(", ") }}',
		// n8n's list of nodes shows this for the node and its trigger together.
		description:
			'Work with Clerk users, organizations and sessions, or start a workflow when something happens there',
		eventTriggerDescription: 'Waiting for an event from Clerk',
		activationMessage: 'Events from Clerk now start the workflow.',
		defaults: { name: 'Clerk Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'clerkWebhookApi', required: true, testedBy: 'webhookSecretTest' }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				// Only the status: the response must not tell the sender what the workflow does.
				responseData: 'noData',
				path: 'webhook',
			},
		],
		triggerPanel: {
			header: 'Connect this trigger to Clerk',
			executionsHelp: {
				inactive:
					'<b>To set it up</b>, open the Clerk Dashboard, go to <b>Configure → Webhooks</b> and choose <b>Add Endpoint</b>. Paste one of this node’s <b>Webhook URLs</b>, subscribe to the events, and copy the <b>Signing Secret</b> of the new endpoint into the credential. <br /><br /><b>To try it out</b>, use the <b>Test URL</b>: click the button above (<b>Execute step</b>, or <b>Listen for test event</b>), and send an example from the <b>Testing</b> tab of the endpoint. The Test URL works only while this node listens. <br /><br /><b>To use it</b>, use the <b>Production URL</b>, and publish (activate) the workflow. Each endpoint has its own signing secret; the credential accepts several, separated by spaces.',
				active:
					'<b>To try out changes</b>, click the button above (<b>Execute step</b>, or <b>Listen for test event</b>), and send an example to the <b>Test URL</b> from the <b>Testing</b> tab of an endpoint in the Clerk Dashboard. <br /><br /><b>The workflow is published (active)</b>: events that Clerk sends to the <b>Production URL</b> start it. These runs are in the <a data-key="executions">list of executions</a>, and not here.',
			},
			activationHint:
				'Once you have set it up, <a data-key="activate">publish (activate)</a> the workflow, and set the endpoint in the Clerk Dashboard to the Production URL.',
		},
		properties: [
			{
				displayName:
					'<ul><li>In the Clerk Dashboard, go to Configure → Webhooks and choose Add Endpoint.</li><li>Paste this node’s Production URL, from Webhook URLs above, and subscribe to the events chosen below.</li><li>Copy the endpoint’s Signing Secret into the credential, and publish (activate) the workflow.</li><li>Nothing arrives? Look at Message Attempts in the Clerk Dashboard: the response says why.</li></ul>',
				name: 'setupNotice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Events',
				name: 'events',
				type: 'multiOptions',
				required: true,
				default: [],
				options: [
					{
						name: 'All Events',
						value: '*',
						description: 'Including events that Clerk adds in the future',
					},
					...EVENT_OPTIONS,
				],
				description:
					'What starts the workflow. Other events are accepted, so that Clerk does not send them again, and ignored.',
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
						description: 'The event as Clerk sent it',
					},
					{
						name: 'Simplified',
						value: 'simplified',
						description: 'The event type and the fields of the record, in camelCase',
					},
				],
			},
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				default: {},
				placeholder: 'Add Option',
				options: [
					{
						displayName: 'IP Allow List',
						name: 'ipAllowList',
						type: 'string',
						default: '',
						placeholder: 'e.g. 203.0.113.7, 198.51.100.0/24',
						description:
							'IP addresses and ranges that can send events, separated by commas or line breaks. Others get 403. Behind a proxy, n8n needs N8N_PROXY_HOPS to see them.',
					},
					{
						displayName: 'Organization IDs',
						name: 'organizationIds',
						type: 'string',
						default: '',
						placeholder: 'e.g. org_2abc…, org_2def…',
						description:
							'Only events of these organizations, separated by commas or line breaks. Events without an organization, such as most events of users, permissions and roles, are ignored. For a session, the organization last active in it counts.',
					},
					{
						displayName: 'Output Headers',
						name: 'outputHeaders',
						type: 'boolean',
						default: true,
						description: 'Whether to add the headers of the request to the output',
					},
					{
						displayName: 'User IDs',
						name: 'userIds',
						type: 'string',
						default: '',
						placeholder: 'e.g. user_2abc…, user_2def…',
						description:
							'Only events of these users, separated by commas or line breaks. Events without a user, such as those of organizations, domains, permissions and roles, are ignored.',
					},
				],
			},
		],
	};

	methods = {
		credentialTest: {
			/** Checks the form of the signing secrets only: no request to Clerk can verify them. */
			async webhookSecretTest(
				this: ICredentialTestFunctions,
				{ data }: ICredentialsDecrypted,
			): Promise<INodeCredentialTestResult> {
				const reason = reasonToRejectSecrets(data?.signingSecret);
				return reason
					? { status: 'Error', message: reason }
					: {
							status: 'OK',
							message: `${keysOf(data?.signingSecret).length} signing secret(s) of the right form`,
						};
			},
		},
	};

	/** Clerk's API cannot create webhook endpoints, so activating the workflow only checks the settings. */
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return false;
			},

			async create(this: IHookFunctions): Promise<boolean> {
				const { signingSecret } = await this.getCredentials('clerkWebhookApi');
				const reason = reasonToRejectSecrets(signingSecret);
				if (reason) throw new NodeOperationError(this.getNode(), reason);
				const reasonToRejectTrigger = reasonToRejectSettings((name, fallback) =>
					this.getNodeParameter(name, fallback as IDataObject),
				);
				if (reasonToRejectTrigger)
					throw new NodeOperationError(this.getNode(), reasonToRejectTrigger);
				return true;
			},

			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const result = await receive(this);
		if ('json' in result) return { workflowData: [[{ json: result.json as IDataObject }]] };
		const response = this.getResponseObject();
		response.status(result.status);
		if (result.text) response.type('text/plain').end(result.text);
		else response.end();
		return { noWebhookResponse: true };
	}
}
