import { defineOperation, one, orNull } from '../../engine/operation';
import { proxyUrl } from '../../fields/domain';
import { locate } from '../../fields/locators';
import { domain } from '../../views/domain';

export const update = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update domain',
	description: 'Change the name or the proxy of a primary or satellite domain',
	request: 'PATCH /domains/{domain_id}',
	path: [locate('domain', { required: true, description: 'The domain to change' })],
	body: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			nullable: true,
			placeholder: 'e.g. example.com',
			description: 'The new domain, without https://; on a development instance also with a port',
		},
		{
			...orNull(proxyUrl),
			description:
				"Where a proxy of yours passes requests on to Clerk's Frontend API; production instances only. Null, given by an expression, goes back to DNS.",
		},
		{
			displayName: 'Is Secondary',
			name: 'isSecondary',
			type: 'boolean',
			default: true,
			nullable: true,
			description:
				'Whether it belongs to a second application on the same root domain, so that its subdomain counts',
		},
	],
	notice:
		'Another name for the primary domain of a production instance moves your application: until its DNS records and email settings are there, sign-in does not work.',
	returns: one(domain, { ifNotFound: true }),
});
