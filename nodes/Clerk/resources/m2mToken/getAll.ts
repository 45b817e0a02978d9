import { defineOperation, list } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { m2mTokensPaging } from '../../fields/paging';
import { m2mToken } from '../../views/m2mToken';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many M2M tokens',
	description:
		'Get the opaque tokens of a machine, with the secret key of the instance or of the machine',
	request: 'GET /m2m_tokens',
	query: [
		locate('machine', {
			as: 'subject',
			required: true,
			description:
				'The machine whose tokens to get. With the secret key of a machine, only itself.',
		}),
		{
			displayName: 'Expired',
			name: 'expired',
			type: 'boolean',
			default: true,
			description: 'Whether to get expired tokens too',
		},
		{
			displayName: 'Revoked',
			name: 'revoked',
			type: 'boolean',
			default: true,
			description: 'Whether to get revoked tokens too',
		},
	],
	returns: list(m2mToken, m2mTokensPaging),
});
