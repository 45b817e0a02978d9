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
			description: 'The new domain, without https://; in development, a port is allowed',
		},
		{
			...orNull(proxyUrl),
			description:
				"The URL of your proxy to Clerk's Frontend API; production instances only. To return to DNS, use an expression that returns null.",
		},
		{
			displayName: 'Is Secondary',
			name: 'isSecondary',
			type: 'boolean',
			default: true,
			nullable: true,
			description:
				'Whether it belongs to a secondary application on the same root domain, so that its subdomain is kept',
		},
	],
	notice:
		'Renaming the primary domain of a production instance moves your application. Sign-in does not work until the DNS records and email settings are in place.',
	returns: one(domain, { ifNotFound: true }),
});
