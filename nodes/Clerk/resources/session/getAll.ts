import { defineOperation, list } from '../../engine/operation';
import { CLIENT_ID, USER_ID } from '../../fields/ids';
import { paginatedPaging } from '../../fields/paging';
import { session } from '../../views/session';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many sessions',
	description: 'Get the sessions of a user or a client; one of the two filters is required',
	request: 'GET /sessions',
	query: [
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			kind: CLIENT_ID,
			placeholder: 'e.g. client_2NNEqL2nrIRd…',
			description: 'The client (a browser or device) whose sessions to get',
		},
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: [
				{ name: 'Abandoned', value: 'abandoned' },
				{ name: 'Active', value: 'active' },
				{ name: 'Ended', value: 'ended' },
				{ name: 'Expired', value: 'expired' },
				{ name: 'Pending', value: 'pending' },
				{ name: 'Removed', value: 'removed' },
				{ name: 'Replaced', value: 'replaced' },
				{ name: 'Revoked', value: 'revoked' },
			],
			default: 'active',
			description: 'Only sessions with this status',
		},
		{
			displayName: 'User ID',
			name: 'userId',
			type: 'string',
			default: '',
			kind: USER_ID,
			placeholder: 'e.g. user_2NNEqL2nrIRd…',
			description: 'The user whose sessions to get',
		},
	],
	returns: list(session, paginatedPaging),
});
