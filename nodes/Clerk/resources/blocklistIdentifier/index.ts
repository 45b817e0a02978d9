import { defineResource } from '../../engine/operation';
import { create } from './create';
import { deleteBlocklistIdentifier } from './delete';
import { getAll } from './getAll';

export const blocklistIdentifier = defineResource({
	name: 'Blocklist Identifier',
	value: 'blocklistIdentifier',
	description: 'Identifiers that cannot sign up or sign in',
	operations: [create, getAll, deleteBlocklistIdentifier],
});
