import { defineOperation, one } from '../../engine/operation';
import {
	verificationFields,
	emailAddressId,
	userOfIdentification,
} from '../../fields/identification';
import { verification } from '../../views/verification';

export const attemptVerification = defineOperation({
	name: 'Attempt Verification',
	value: 'attemptVerification',
	action: 'Attempt verification of email address',
	description:
		'Check the code that a user received. The status in the output shows whether it was correct.',
	request: 'POST /email_addresses/{email_address_id}/attempt_verification',
	formOnly: [userOfIdentification],
	path: [emailAddressId],
	body: verificationFields,
	returns: one(verification),
});
