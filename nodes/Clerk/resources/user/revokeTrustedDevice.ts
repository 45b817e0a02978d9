import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { trustedDevice } from '../../views/userParts';

export const revokeTrustedDevice = defineOperation({
	name: 'Revoke Trusted Device (Biometric Credential)',
	value: 'revokeTrustedDevice',
	action: 'Revoke trusted device or biometric credential of user',
	description: "Stop trusting one of a user's devices",
	request: 'DELETE /users/{user_id}/trusted_devices/{trusted_device_id}',
	path: [
		locate('user', { required: true }),
		locate('trustedDevice', { required: true, description: 'The device to stop trusting' }),
	],
	notice: [
		'Ends the trust in this device.',
		'This cannot be undone: the user must enroll the device again. Dry Run shows what would be lost.',
	],
	destroys: [
		{
			name: 'trustedDevices',
			path: '/users/{user_id}/trusted_devices',
			rowId: 'trusted_device_id',
		},
	],
	returns: one(trustedDevice, { ifNotFound: true }),
});
