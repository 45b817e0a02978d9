import type { ApiRequest, Field } from '../engine/operation';
import { orderBy } from './sorting';
import { userFilters } from './userFilters';

/** What the memberships of an organization are found and sorted by. */

/** The filters of users that Clerk's list of an organization's members also takes. */
const OF_USERS = [
	'createdAtAfter',
	'createdAtBefore',
	'emailAddress',
	'emailAddressQuery',
	'lastActiveAtAfter',
	'lastActiveAtBefore',
	'nameQuery',
	'phoneNumber',
	'phoneNumberQuery',
	'query',
	'userId',
	'username',
	'usernameQuery',
	'web3Wallet',
];

export const memberFilters: Field[] = [
	...userFilters.filter(({ name }) => OF_USERS.includes(name)),
	{
		displayName: 'Role',
		name: 'role',
		type: 'string',
		default: '',
		placeholder: 'e.g. org:admin',
		description: 'Keys of roles, separated by commas: the members who have one of them',
		encode: 'list',
	},
];

export const orderOfMembers = orderBy({
	created_at: 'Created At',
	email_address: 'Email Address',
	first_name: 'First Name',
	last_name: 'Last Name',
	phone_number: 'Phone Number',
	username: 'Username',
});

/** Clerk's document names no order that memberships come in by themselves, so that one is always asked for. */
export const newestFirst = { order_by: '-created_at' };

/** People join an organization side by side; only the same one has an order to keep. */
export const addedMember = ({ path, body }: ApiRequest): string =>
	`${path}/${String(body?.user_id)}`;
