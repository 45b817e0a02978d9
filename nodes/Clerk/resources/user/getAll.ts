import { defineOperation, list } from '../../engine/operation';
import { usersPaging } from '../../fields/paging';
import { orderBy } from '../../fields/sorting';
import { userFilters } from '../../fields/userFilters';
import { user } from '../../views/user';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many users',
	description: 'Get the users that match the filters you add',
	request: 'GET /users',
	query: [
		...userFilters,
		orderBy({
			created_at: 'Created At',
			email_address: 'Email Address',
			first_name: 'First Name',
			last_active_at: 'Last Active At',
			last_name: 'Last Name',
			last_sign_in_at: 'Last Sign-In At',
			phone_number: 'Phone Number',
			updated_at: 'Updated At',
			username: 'Username',
			web3wallet: 'Web3 Wallet',
		}),
	],
	omitted: { starting_after: 'Return All walks the cursor itself' },
	returns: list(user, usersPaging),
});
