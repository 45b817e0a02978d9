import { defineResource } from '../../engine/operation';
import { attemptVerification } from './attemptVerification';
import { create } from './create';
import { deleteEmailAddress } from './delete';
import { get } from './get';
import { prepareVerification } from './prepareVerification';
import { update } from './update';

export const emailAddress = defineResource({
	name: 'Email Address',
	value: 'emailAddress',
	description: 'The email addresses of users, and the codes that verify them',
	operations: [create, get, update, deleteEmailAddress, prepareVerification, attemptVerification],
});
