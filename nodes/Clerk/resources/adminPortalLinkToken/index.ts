import { defineResource } from '../../engine/operation';
import { create } from './create';
import { revoke } from './revoke';

export const adminPortalLinkToken = defineResource({
	name: 'Admin Portal Link Token',
	value: 'adminPortalLinkToken',
	description: 'Links by which the IT of a customer sets up its own sign-in',
	operations: [create, revoke],
});
