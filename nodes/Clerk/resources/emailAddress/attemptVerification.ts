import { defineOperation, one } from '../../engine/operation';
import { attempt, emailAddressId, userOfIdentification } from '../../fields/identification';
import { verification } from '../../views/verification';

export const attemptVerification = defineOperation({
	name: 'Attempt Verification',
	value: 'attemptVerification',
	action: 'Attempt verification of email address',
	description:
		'Check the code that a user received. A wrong or late code is no refusal: look at the status in the output. The right one also verifies the e-mail address.',
	request: 'POST /email_addresses/{email_address_id}/attempt_verification',
	formOnly: [userOfIdentification],
	path: [emailAddressId],
	body: attempt,
	returns: one(verification),
});
