import { readPath } from '../../engine/input/path';
import {
	defineProcedure,
	InvalidInputError,
	mappingsIn,
	methodOf,
	pathOf,
} from '../../engine/operation';
import { findMapping } from '../../engine/request/routes';
import * as fields from '../../fields/apiRequest';
import { detailsOf } from '../../views/endpoint';

export const describe = defineProcedure({
	name: 'Describe',
	value: 'describe',
	action: 'Describe endpoint for API request',
	description:
		"Show an endpoint's parameters, and whether it writes or destroys; nothing is sent to Clerk",
	writes: false,
	form: [
		fields.method,
		{
			...fields.path,
			placeholder: 'e.g. /users/{user_id}',
			description: 'The path of the endpoint, with {names} or with values',
		},
	],
	prepare: ({ values: { method, path } }, resources) => {
		const template = `/${String(path).trim().replace(/^\//, '')}`;
		const isTemplate = resources
			.flatMap(mappingsIn)
			.some((mapping) => methodOf(mapping) === method && pathOf(mapping) === template);
		const endpointPath = isTemplate ? template : readPath(String(path), 'Path');
		const found = findMapping(String(method), endpointPath, resources);
		if (!found) {
			throw new InvalidInputError(
				'Path',
				`is no endpoint of this version: ${String(method)} ${endpointPath}`,
			);
		}
		const records = [detailsOf(found.resource, found.mapping)];
		return { execute: async () => await Promise.resolve({ records }) };
	},
});
