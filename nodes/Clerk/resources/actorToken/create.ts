import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { sessionMaxDurationInSeconds } from '../../fields/signIn';
import { actorToken } from '../../views/signIn';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create actor token',
	description:
		'Create a link with which one user (the actor) signs in as another, such as support does',
	notice: 'In production this may need a paid plan.',
	request: 'POST /actor_tokens',
	advice: [
		{
			status: 403,
			text: 'The instance has no actor tokens: they need the feature User Impersonation, which depends on the plan. See it in the Clerk Dashboard.',
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
				'What the session token says of the actor beside the ID, such as { "reason": "ticket 4711" }; {} for nothing',
			encode: 'object',
		},
		locate('user', {
			as: 'actorSub',
			wire: 'actor.sub',
			displayName: 'Actor',
			required: true,
			description: 'The user who signs in as them, such as one of your support',
		}),
		{
			displayName: 'Expires in Seconds',
			name: 'expiresInSeconds',
			type: 'number',
			typeOptions: { minValue: 1, numberPrecision: 0 },
			default: 3600,
			description: 'How long the link can be used; without it, one hour (3600)',
		},
		sessionMaxDurationInSeconds,
	],
	returns: one(actorToken),
});
