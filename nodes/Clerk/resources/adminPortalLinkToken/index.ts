import { defineResource } from '../../engine/operation';
import { create } from './create';
import { revoke } from './revoke';

export const adminPortalLinkToken = defineResource({
	name: 'Admin Portal Link Token',
	value: 'adminPortalLinkToken',
	description: "Links that let a customer's IT set up its own sign-in",
	operations: [create, revoke],
});
