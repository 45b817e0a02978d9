import { defineProcedure, InvalidInputError, mappingsIn } from '../../engine/operation';
import type { Resource } from '../../engine/operation';
import { summaryOf } from '../../views/endpoint';

export const browse = defineProcedure({
	name: 'Browse',
	value: 'browse',
	action: 'Browse endpoints for API request',
	description:
		"List the resources or endpoints of Clerk's Backend API, one item each; nothing is sent to Clerk",
	writes: false,
	form: [
		{
			displayName: 'Show',
			name: 'show',
			type: 'options',
			options: [
				{ name: 'All Endpoints', value: 'all', description: 'Every endpoint the node knows' },
				{
					name: 'Endpoints of a Resource',
					value: 'resource',
					description: 'Every endpoint of one resource',
				},
				{
					name: 'Resources',
					value: 'resources',
					description: 'Every resource, with its number of endpoints',
				},
			],
			default: 'resources',
			section: 'form',
			description: 'What to list',
		},
		{
			displayName: 'Resource Name',
			name: 'resourceName',
			type: 'string',
			displayOptions: { show: { show: ['resource'] } },
			default: '',
			placeholder: 'e.g. organizationMembership',
			section: 'form',
			description: 'The resource whose endpoints to list, by its name in this node',
		},
	],
	prepare: ({ values }, resources) => {
		const records = recordsOf(values.show, values.resourceName, resources);
		return { execute: async () => await Promise.resolve({ records }) };
	},
});

function recordsOf(show: unknown, resourceName: unknown, resources: Resource[]) {
	const withEndpoints = resources.filter((resource) => mappingsIn(resource).length > 0);
	if (show === 'resources') {
		return withEndpoints.map((resource) => ({
			resource: resource.value,
			name: resource.name,
			description: resource.description,
			endpoints: mappingsIn(resource).length,
		}));
	}
	const selected = show === 'all' ? withEndpoints : [findResource(resourceName, withEndpoints)];
	return selected.flatMap((resource) =>
		mappingsIn(resource).map((mapping) => summaryOf(resource, mapping)),
	);
}

/** @throws InvalidInputError if no resource has this value or label, in upper or lower case */
function findResource(name: unknown, resources: Resource[]): Resource {
	const lowerCaseName = String(name ?? '').toLowerCase();
	const found = resources.find((resource) =>
		[resource.value, resource.name].some((known) => known.toLowerCase() === lowerCaseName),
	);
	if (found) return found;
	const known = resources.map(({ value }) => value).join(', ');
	throw new InvalidInputError('Resource Name', `is "${String(name ?? '')}". There are: ${known}`);
}
