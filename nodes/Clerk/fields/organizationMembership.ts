import type { ApiRequest, Field } from '../engine/operation';
import { locators } from './locators';
import { orderBy } from './sorting';
import { userFilters } from './userFilters';

/** Filters and sort order of the memberships of an organization. */

/** The user filters that Clerk's list of an organization's members also accepts. */
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
		description: 'Only members with one of these roles: keys or names, separated by commas',
		encode: 'list',
		kind: 'role',
		listOf: locators.role,
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

/** Clerk documents no default order of memberships, so an order is always sent. */
export const newestFirst = { order_by: '-created_at' };

/** The order key of writes to a membership: only those of the same user keep their order. */
export const addedMember = ({ path, body }: ApiRequest): string =>
	`${path}/${String(body?.user_id)}`;
