import type { QueryValue, View } from '../Clerk/engine/operation';
import { invitation } from '../Clerk/views/invitation';
import { organization } from '../Clerk/views/organization';
import { organizationInvitation } from '../Clerk/views/organizationInvitation';
import { user } from '../Clerk/views/user';

/** A list of Clerk's that can be sorted by a time, so that new records can be found in it. */
export interface Feed {
	path: string;
	/** The field of a record with the time of the event, in Unix milliseconds. */
	time: string;
	/** The filter for records after a time, if the list has one. */
	after?: string;
	/** Query parameters sent with every request. */
	always?: Record<string, QueryValue>;
	view: View;
}

/** The feeds by the values of Event. Clerk's other lists cannot be sorted by time. */
export const feeds: Record<string, Feed> = {
	newInvitation: {
		path: '/invitations',
		time: 'created_at',
		always: { paginated: true },
		view: invitation,
	},
	newOrganization: { path: '/organizations', time: 'created_at', view: organization },
	newOrganizationInvitation: {
		path: '/organization_invitations',
		time: 'created_at',
		view: organizationInvitation,
	},
	newUser: { path: '/users', time: 'created_at', after: 'created_at_after', view: user },
	updatedUser: { path: '/users', time: 'updated_at', view: user },
	userSignedIn: {
		path: '/users',
		time: 'last_sign_in_at',
		after: 'last_sign_in_at_after',
		view: user,
	},
};
