import { defineResource } from '../../engine/operation';
import { browse } from './browse';
import { describe } from './describe';
import { send } from './send';

export const apiRequest = defineResource({
	name: 'API Request',
	value: 'apiRequest',
	description: "Any endpoint of Clerk's Backend API: find it, see its parameters, send a request",
	operations: [browse, describe, send],
});
