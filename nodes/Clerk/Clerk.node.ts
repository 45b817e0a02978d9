import { NodeConnectionTypes } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import { execute } from './engine/execute';
import { buildForm } from './engine/form';
import { listSearches } from './engine/search';
import { locators } from './fields/locators';
import { resources } from './resources';
import { limits } from './resources/limits';

/** Fields of the output that give access to something, simplified and raw, for n8n's redaction. */
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
	'idToken',
	'id_token',
	'jwt',
	'oauthAccessTokens',
	'secret',
	'secretKey',
	'secret_key',
	'svixUrl',
	'svix_url',
	'token',
	'tokenSecret',
	'token_secret',
];

export class Clerk implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Clerk',
		name: 'clerk',
		icon: { light: 'file:clerk.svg', dark: 'file:clerk.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter.operation + ": " + $parameter.resource }}',
		description: 'Manage users, organizations, and sessions in Clerk',
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
