import { defineResource } from '../../engine/operation';
import { get } from './get';
import { getAll } from './getAll';
import { verify } from './verify';

export const client = defineResource({
	name: 'Client',
	value: 'client',
	description: 'Browsers and devices, with the sessions on each',
	operations: [get, getAll, verify],
});
