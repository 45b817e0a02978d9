import { defineResource } from '../../engine/operation';
import { create } from './create';
import { createMany } from './createMany';
import { deleteWaitlistEntry } from './delete';
import { getAll } from './getAll';
import { invite } from './invite';
import { reject } from './reject';

export const waitlistEntry = defineResource({
	name: 'Waitlist Entry',
	value: 'waitlistEntry',
	description: 'People waiting for access to your application',
	operations: [create, getAll, deleteWaitlistEntry, createMany, invite, reject],
});
