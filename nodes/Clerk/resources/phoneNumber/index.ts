import { defineResource } from '../../engine/operation';
import { attemptVerification } from './attemptVerification';
import { create } from './create';
import { deletePhoneNumber } from './delete';
import { get } from './get';
import { prepareVerification } from './prepareVerification';
import { update } from './update';

export const phoneNumber = defineResource({
	name: 'Phone Number',
	value: 'phoneNumber',
	description: 'The phone numbers of users, and the codes that verify them',
	operations: [create, get, update, deletePhoneNumber, prepareVerification, attemptVerification],
});
