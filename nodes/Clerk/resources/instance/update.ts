import { defineOperation, one } from '../../engine/operation';
import { instanceFields } from '../../fields/instance';
import { nothing } from '../../views/general';

export const update = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update instance',
	description: 'Update the general settings you add, such as test mode or allowed origins',
	request: 'PATCH /instance',
	body: instanceFields,
	returns: one(nothing),
});
