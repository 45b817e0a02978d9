import { defineOperation, one, orNull } from '../../engine/operation';
import { proxyUrl } from '../../fields/domain';
import { domain } from '../../views/domain';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create domain',
	description: 'Add a satellite domain to your instance. In production this needs a paid plan.',
	request: 'POST /domains',
	body: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. satellite.example.com',
			description: 'The domain, without https://; in development, a port is allowed',
		},
		{
			displayName: 'Is Satellite',
			name: 'isSatellite',
			type: 'boolean',
			required: true,
			default: true,
			description:
				'Whether it is a satellite of the primary domain. Clerk accepts nothing else yet.',
		},
		orNull(proxyUrl),
	],
	returns: one(domain),
});
