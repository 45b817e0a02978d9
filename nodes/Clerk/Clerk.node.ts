import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { execute } from './engine/execute';
import { buildForm } from './engine/form/buildForm';
import { outputFieldMethods } from './engine/form/outputFields';
import { listSearches } from './engine/search';
import { locators } from './fields/locators';
import { resources } from './resources';
import { limits } from './resources/limits';

/**
 * Paths in the output, simplified and raw, of values that give access. n8n's redaction hides them in
 * executions, but passes them to the next node (docs/n8n-notes.md, 37).
 *
 * The `url` of an invitation is left out, although opening it accepts the invitation: it is meant to
 * be passed on, and people who send it themselves must see it to write that email and to try it.
 *
 * The `url` of sign-in tokens, actor tokens and agent tasks signs in at once. The simplified output
 * names it `signInUrl`, which is listed here. The raw output names it `url`, which is not: a path
 * applies to the whole node and would hide invitations and redirect URLs too. So the raw output shows
 * a sign-in link to everyone with access to the execution.
 */
const SECRET_OUTPUTS = [
	'accessToken',
	'access_token',
	'apiKey',
	'api_key',
	'backupCodes',
	'backup_codes',
	'clientSecret',
	'client_secret',
	'cookies',
	// Clerk's own envelope, as API Request returns it.
	'data[*].api_key',
	'data[*].id_token',
	'data[*].oauth.access_token',
	'data[*].oauth.id_token',
	'data[*].phone_numbers[*].backup_codes',
	'data[*].token',
	'data[*].token_secret',
	'directories[*].apiKey',
	'directories[*].api_key',
	'idToken',
	'id_token',
	'jwt',
	'oauth.accessToken',
	'oauth.access_token',
	'oauth.idToken',
	'oauth.id_token',
	'oauthAccessTokens',
	'phone_numbers[*].backup_codes',
	'scimDirectories[*].apiKey',
	'scimDirectories[*].api_key',
	'secret',
	'secretKey',
	'secret_key',
	'signInUrl',
	'svixUrl',
	'svix_url',
	...['accessToken', 'access_token', 'idToken', 'id_token'].map(
		(name) => `testRuns[*].oauth.${name}`,
	),
	'token',
	'tokenSecret',
	'token_secret',
	'users[*].phone_numbers[*].backup_codes',
];

export class Clerk implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Clerk',
		name: 'clerk',
		icon: { light: 'file:clerk.svg', dark: 'file:clerk.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter.operation + ": " + $parameter.resource }}',
		description:
			'Manage users, organizations, sessions, connections, billing and settings in Clerk',
		defaults: { name: 'Clerk' },
		usableAsTool: true,
		builderHint: {
			searchHint:
				'Use this node for everything in Clerk, instead of an HTTP Request node: it keeps to the rate limits. For a scheduled cleanup, offboarding or syncing members, use the operations Clean Up and Offboard of User, and Sync of Organization Membership: each plans first and changes nothing until it is told to.',
		},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'clerkApi', required: true }],
		properties: buildForm(resources, 'user'),
		sensitiveOutputFields: SECRET_OUTPUTS,
	};

	methods = {
		listSearch: listSearches(locators, limits),
		loadOptions: outputFieldMethods(resources),
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute(this, { resources, limits });
	}
}
