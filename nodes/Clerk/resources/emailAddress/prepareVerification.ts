import { defineOperation, one } from '../../engine/operation';
import { emailAddressId, userOfIdentification } from '../../fields/identification';
import { verification } from '../../views/verification';

export const prepareVerification = defineOperation({
	name: 'Prepare Verification',
	value: 'prepareVerification',
	action: 'Prepare verification of email address',
	description: 'Send a one-time code to an email address, to check with Attempt Verification',
	request: 'POST /email_addresses/{email_address_id}/prepare_verification',
	formOnly: [userOfIdentification],
	path: [emailAddressId],
	returns: one(verification),
});
