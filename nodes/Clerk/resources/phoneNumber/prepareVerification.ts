import { defineOperation, one } from '../../engine/operation';
import { phoneNumberId, userOfIdentification } from '../../fields/identification';
import { verification } from '../../views/verification';

export const prepareVerification = defineOperation({
	name: 'Prepare Verification',
	value: 'prepareVerification',
	action: 'Prepare verification of phone number',
	description: 'Send a one-time code to a phone number, to check with Attempt Verification',
	request: 'POST /phone_numbers/{phone_number_id}/prepare_verification',
	formOnly: [userOfIdentification],
	path: [phoneNumberId],
	returns: one(verification),
});
