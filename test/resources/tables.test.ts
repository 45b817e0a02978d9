import { collectionOf, isOnForm } from '../../nodes/Clerk/engine/form/layout';
import { titleCase } from '../../nodes/Clerk/engine/form/titleCase';
import { readForm } from '../../nodes/Clerk/engine/input/readForm';
import { aidsOf, fieldsByLocation } from '../../nodes/Clerk/engine/operation';
import { resources } from '../../nodes/Clerk/resources';
import { readExamples, withValueAt } from '../support/examples';

/**
 * n8n empties a table that an expression stands for (docs/n8n-notes.md, 14). So no table may clear
 * what Clerk has by being empty.
 */

/** What Clerk takes as all that there is from then on. Other tables are of something new, or change only what they name. */
const REPLACED_WHOLE = [
	'directory.replaceGroupRoleMappings mappings',
	'enterpriseConnection.update customAttributes',
	'scimDirectory.replaceGroupRoleMappings mappings',
];

const tables = resources.flatMap((resource) =>
	resource.operations.flatMap((operation) =>
		fieldsByLocation(operation).flatMap(([location, fields]) =>
			fields
				.filter(({ type }) => type === 'fixedCollection')
				.map((field) => ({
					name: `${resource.value}.${operation.value} ${field.name}`,
					resource,
					operation,
					field,
					parameter: isOnForm(field, location)
						? field.name
						: `${collectionOf(operation, location)}.${field.name}`,
				})),
		),
	),
);

const examples = readExamples();

it('that Clerk replaces whole have a switch, which their messages name', () => {
	const switched = tables.filter(({ field }) => field.emptiedBy !== undefined);
	expect(switched.map(({ name }) => name).sort()).toEqual(REPLACED_WHOLE);
	for (const { field, operation } of switched) {
		const displayName = titleCase(field.emptiedBy!);
		expect(aidsOf(operation)).toContainEqual(
			expect.objectContaining({ name: field.emptiedBy, displayName, type: 'boolean' }),
		);
	}
});

it.each(tables)('without rows send nothing: $name', ({ resource, operation, field, parameter }) => {
	const { required } = examples.find(
		(entry) => entry.resource === resource.value && entry.operation === operation.value,
	)!.examples;
	for (const value of [{}, { entry: [] }, null]) {
		const parameters = withValueAt(required.parameters, parameter, value);
		const read = (name: string, fallback: unknown) =>
			Object.hasOwn(parameters, name) ? parameters[name] : fallback;
		const openFile = () => {
			throw new Error('no file');
		};
		expect(() => readForm(operation, read, 'UTC', openFile)).toThrow(
			new RegExp(`^${field.displayName} is empty`),
		);
	}
});
