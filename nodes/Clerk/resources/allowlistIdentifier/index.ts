import { defineResource } from '../../engine/operation';
import { create } from './create';
import { deleteAllowlistIdentifier } from './delete';
import { getAll } from './getAll';

export const allowlistIdentifier = defineResource({
	name: 'Allowlist Identifier',
	value: 'allowlistIdentifier',
	description: 'Identifiers that can sign up while sign-ups are restricted',
	operations: [create, getAll, deleteAllowlistIdentifier],
});
