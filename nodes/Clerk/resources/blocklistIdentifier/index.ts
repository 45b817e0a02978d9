import { defineResource } from '../../engine/operation';
import { create } from './create';
import { deleteBlocklistIdentifier } from './delete';
import { getAll } from './getAll';

export const blocklistIdentifier = defineResource({
	name: 'Blocklist Identifier',
	value: 'blocklistIdentifier',
	description: 'Who may neither sign up nor sign in',
	operations: [create, getAll, deleteBlocklistIdentifier],
});
