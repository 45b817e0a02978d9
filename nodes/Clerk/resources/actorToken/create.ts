import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { sessionMaxDurationInSeconds } from '../../fields/signIn';
import { actorToken } from '../../views/signIn';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create actor token',
	description:
		'Create a link that signs one user (the actor) in as another, for example for support',
	notice: 'In production this may need a paid plan.',
	request: 'POST /actor_tokens',
	advice: [
		{
			status: 403,
			text: 'The instance has no actor tokens: they need the feature User Impersonation, which depends on the plan. Check it in the Clerk Dashboard.',
		},
	],
	body: [
		locate('user', { required: true }),
		{
			displayName: 'Actor Claims',
			name: 'actor',
			type: 'json',
			required: true,
			default: '{}',
			description:
				'Claims about the actor in the session token besides the ID, such as { "reason": "ticket 4711" }; {} for none',
			encode: 'object',
		},
		locate('user', {
			as: 'actorSub',
			wire: 'actor.sub',
			displayName: 'Actor',
			required: true,
			description: 'The user who signs in as the other user, for example for support',
		}),
		{
			displayName: 'Expires in Seconds',
			name: 'expiresInSeconds',
			type: 'number',
			typeOptions: { minValue: 1, numberPrecision: 0 },
			default: 3600,
			description: 'How long the link is valid; by default, one hour (3600)',
		},
		sessionMaxDurationInSeconds,
	],
	returns: one(actorToken),
});
