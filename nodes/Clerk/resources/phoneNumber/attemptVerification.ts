import { defineOperation, one } from '../../engine/operation';
import {
	verificationFields,
	phoneNumberId,
	userOfIdentification,
} from '../../fields/identification';
import { verification } from '../../views/verification';

export const attemptVerification = defineOperation({
	name: 'Attempt Verification',
	value: 'attemptVerification',
	action: 'Attempt verification of phone number',
	description:
		'Check the code that a user received. The status in the output shows whether it was correct.',
	request: 'POST /phone_numbers/{phone_number_id}/attempt_verification',
	formOnly: [userOfIdentification],
	path: [phoneNumberId],
	body: verificationFields,
	returns: one(verification),
});
