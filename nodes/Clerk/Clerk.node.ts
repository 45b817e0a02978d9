import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { execute } from './engine/execute';
import { buildForm } from './engine/form/buildForm';
import { listSearches } from './engine/search';
import { locators } from './fields/locators';
import { resources } from './resources';
import { limits } from './resources/limits';

/**
 * Fields of the output that give access to something, simplified and raw, for n8n's redaction: it
 * hides them from everybody who looks at an execution, and hands them on to the next node.
 *
 * The `url` of an invitation is not among them, although a click on it accepts: it is made to be
 * passed on, and people who send it themselves have to see it to write that mail and to try it.
 *
 * The `url` of sign-in tokens, actor tokens and agent tasks signs in whoever opens it, at once. The
 * simplified output has it as `signInUrl`, which is marked. Raw has it as `url`, which is not: marks
 * hold for the whole node, and this one would hide invitations and redirect URLs too. Their raw
 * output shows a login link to everybody who may look at the execution.
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
	// Clerk's own envelope, as API Request gives it.
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
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'clerkApi', required: true }],
		properties: buildForm(resources, 'user'),
		sensitiveOutputFields: SECRET_OUTPUTS,
	};

	methods = { listSearch: listSearches(locators, limits) };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await execute(this, { resources, limits });
	}
}
