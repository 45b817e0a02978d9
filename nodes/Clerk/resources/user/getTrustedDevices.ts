import { defineOperation, list } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { unpagedPaging } from '../../fields/paging';
import { trustedDevice } from '../../views/userParts';

export const getTrustedDevices = defineOperation({
	name: 'Get Trusted Devices (Biometric Credentials)',
	value: 'getTrustedDevices',
	action: 'Get trusted devices or biometric credentials of user',
	description: 'Get the devices that a user enrolled as trusted',
	request: 'GET /users/{user_id}/trusted_devices',
	path: [locate('user', { required: true })],
	returns: list(trustedDevice, unpagedPaging),
});
