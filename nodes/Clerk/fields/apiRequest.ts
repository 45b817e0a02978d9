import type { Field } from '../engine/operation';

export const method: Field = {
	displayName: 'Method',
	name: 'method',
	type: 'options',
	options: [
		{ name: 'DELETE', value: 'DELETE' },
		{ name: 'GET', value: 'GET' },
		{ name: 'PATCH', value: 'PATCH' },
		{ name: 'POST', value: 'POST' },
		{ name: 'PUT', value: 'PUT' },
	],
	default: 'GET',
	required: true,
	description: 'The HTTP method of the endpoint',
};

export const path: Field = {
	displayName: 'Path',
	name: 'path',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. /users/user_2NNEqL2nrIRd…',
	description: "The path after the credential's API URL, without a query",
};
