import { defineOperation, one } from '../../engine/operation';
import { protect } from '../../views/instance';

export const updateProtect = defineOperation({
	name: 'Update Protect',
	value: 'updateProtect',
	action: 'Update protect settings of instance',
	description: 'Turn parts of the bot and abuse protection on or off',
	request: 'PATCH /instance/protect',
	body: [
		{
			displayName: 'Rules Enabled',
			name: 'rulesEnabled',
			type: 'boolean',
			default: true,
			nullable: true,
			description: 'Whether the protection rules apply',
		},
		{
			displayName: 'Specter Enabled',
			name: 'specterEnabled',
			type: 'boolean',
			default: true,
			nullable: true,
			description: 'Whether to use Specter, which rates how trustworthy a device is',
		},
	],
	returns: one(protect),
});
