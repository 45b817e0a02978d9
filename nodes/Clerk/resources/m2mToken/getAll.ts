import { defineOperation, list } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { m2mTokensPaging } from '../../fields/paging';
import { m2mToken } from '../../views/m2mToken';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many M2M tokens',
	description:
		'Get the opaque tokens of a machine. Works with the key of the instance or of the machine.',
	request: 'GET /m2m_tokens',
	query: [
		locate('machine', {
			as: 'subject',
			required: true,
			description:
				"The machine whose tokens to get. With a machine's secret key, only that machine.",
		}),
		{
			displayName: 'Expired',
			name: 'expired',
			type: 'boolean',
			default: true,
			description: 'Whether to include expired tokens',
		},
		{
			displayName: 'Revoked',
			name: 'revoked',
			type: 'boolean',
			default: true,
			description: 'Whether to include revoked tokens',
		},
	],
	returns: list(m2mToken, m2mTokensPaging),
});
