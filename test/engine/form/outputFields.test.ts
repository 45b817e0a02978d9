import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { Clerk } from '../../../nodes/Clerk/Clerk.node';
import { outputFieldMethods, outputFieldsOf } from '../../../nodes/Clerk/engine/form/outputFields';
import { defineOperation, one, viewOf } from '../../../nodes/Clerk/engine/operation';
import { view } from '../../../nodes/Clerk/engine/operation/view';
import { resources } from '../../../nodes/Clerk/resources';

/** What n8n hands to the method, without anything to send with: nothing may be asked for. */
const host = (parameters: Record<string, unknown>) =>
	({
		getCurrentNodeParameter: (name: string) => parameters[name],
	}) as unknown as ILoadOptionsFunctions;

const { getOutputFields } = new Clerk().methods.loadOptions;

const operations = resources.flatMap((resource) =>
	resource.operations.flatMap((made) => {
		const own = viewOf(made);
		return own ? [[resource.value, made.value, own] as const] : [];
	}),
);

describe('the choices of Selected Fields', () => {
	it.each(operations)('for %s %s are the fields of its own output', async (...given) => {
		const [resource, operation, own] = given;
		const choices = await getOutputFields.call(host({ resource, operation }));
		const names = own.fields.map((field) => (typeof field === 'string' ? field : field.name));
		expect(choices.map(({ value }) => value).sort()).toEqual([...names].sort());
		const labels = choices.map(({ name }) => name);
		expect(labels).toEqual([...labels].sort((a, b) => a.localeCompare(b, 'en')));
	});

	it.each([
		{ resource: 'user', operation: 'offboard' },
		{ resource: 'user', operation: 'none' },
		{ resource: 'none', operation: 'get' },
		{},
	])('are none for %j', async (parameters) => {
		expect(await getOutputFields.call(host(parameters))).toEqual([]);
	});

	it('are behind the method that the form names', () => {
		const { properties } = new Clerk().description;
		const asked = [...JSON.stringify(properties).matchAll(/"loadOptionsMethod":"(\w+)"/g)];
		expect(new Set(asked.map(([, method]) => method))).toEqual(
			new Set(Object.keys(outputFieldMethods(resources))),
		);
	});

	it('spell abbreviations, such as ID and OAuth', () => {
		const names = [
			...['id', 'imageUrl', 'jwt', 'matchesSsoConnection', 'samlConnectionId', 'redirectUris'],
			...['oauthAccessTokens', 'mfaEnabled', 'apiKey', 'scimToken', 'oidcIssuer', 'ipAddress'],
			...['ttl', 'm2mTokens', 'jwksUri', 'pkceRequired', 'callbackUrls', 'idpEntityId', 'userIds'],
			...['constructor', 'firstName'],
		];
		const choices = outputFieldsOf(
			defineOperation({
				name: 'Get',
				value: 'get',
				action: 'Get thing',
				description: 'Get it',
				request: 'GET /things/{id}',
				returns: one(view('things', names)),
			}),
		);
		const labels = new Map(choices.map(({ name, value }) => [value, name]));
		expect(names.map((name) => labels.get(name))).toEqual([
			...['ID', 'Image URL', 'JWT', 'Matches SSO Connection', 'SAML Connection ID'],
			...['Redirect URIs', 'OAuth Access Tokens', 'MFA Enabled', 'API Key', 'SCIM Token'],
			...['OIDC Issuer', 'IP Address', 'TTL', 'M2M Tokens', 'JWKS URI', 'PKCE Required'],
			...['Callback URLs', 'IdP Entity ID', 'User IDs', 'Constructor', 'First Name'],
		]);
	});
});
