import { defineOperation, one } from '../../engine/operation';
import { restrictionFields } from '../../fields/instance';
import { restrictions } from '../../views/instance';

export const updateRestrictions = defineOperation({
	name: 'Update Restrictions',
	value: 'updateRestrictions',
	action: 'Update restrictions of instance',
	description: 'Turn sign-up restrictions on or off. Some need a paid plan.',
	request: 'PATCH /instance/restrictions',
	body: restrictionFields,
	returns: one(restrictions),
});
