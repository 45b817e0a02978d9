import { defineOperation, one } from '../../engine/operation';
import { protect } from '../../views/instance';

export const updateProtect = defineOperation({
	name: 'Update Protect',
	value: 'updateProtect',
	action: 'Update protect settings of instance',
	description: 'Turn parts of the protection against bots and abuse on or off',
	request: 'PATCH /instance/protect',
	body: [
		{
			displayName: 'Rules Enabled',
			name: 'rulesEnabled',
			type: 'boolean',
			default: true,
			nullable: true,
			description: 'Whether the rules of the protection apply',
		},
		{
			displayName: 'Specter Enabled',
			name: 'specterEnabled',
			type: 'boolean',
			default: true,
			nullable: true,
			description: 'Whether Specter, which rates how trustworthy a device is, takes part',
		},
	],
	returns: one(protect),
});
