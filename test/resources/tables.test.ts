import { collectionOf, isOnForm } from '../../nodes/Clerk/engine/form/placement';
import { titleCase } from '../../nodes/Clerk/engine/form/titleCase';
import { isLeftOut } from '../../nodes/Clerk/engine/input/emptyValues';
import { readForm } from '../../nodes/Clerk/engine/input/readForm';
import { readOptions } from '../../nodes/Clerk/engine/input/readOptions';
import {
	fieldsByLocation,
	formOnlyFieldsOf,
	isWrite,
	wireName,
} from '../../nodes/Clerk/engine/operation';
import type { Operation, Resource } from '../../nodes/Clerk/engine/operation';
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

const examples = readExamples();

/** Tables of jobs say what to do, and are in no request: they are tested in `test/jobs`. */
const isRequest = (resource: Resource, operation: Operation) =>
	examples.some((one) => one.resource === resource.value && one.operation === operation.value);

const tables = resources.flatMap((resource) =>
	// An operation that only reads clears nothing.
	resource.operations
		.filter((operation) => isWrite(operation) && isRequest(resource, operation))
		.flatMap((operation) =>
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
							: `${collectionOf(operation, location, field)}.${field.name}`,
					})),
			),
		),
);

it('that Clerk replaces whole have a switch, which their messages name', () => {
	const switched = tables.filter(({ field }) => field.emptiedBy !== undefined);
	expect(switched.map(({ name }) => name).sort()).toEqual(REPLACED_WHOLE);
	for (const { field, operation } of switched) {
		const displayName = titleCase(field.emptiedBy!);
		expect(formOnlyFieldsOf(operation)).toContainEqual(
			expect.objectContaining({ name: field.emptiedBy, displayName, type: 'boolean' }),
		);
	}
});

it.each(tables)('without rows send nothing: $name', ({ resource, operation, field, parameter }) => {
	const { required } = examples.find(
		(entry) => entry.resource === resource.value && entry.operation === operation.value,
	)!.examples;
	const read = (value: unknown) => {
		const parameters = withValueAt(required.parameters, parameter, value);
		const readParameter = (name: string, fallback: unknown) =>
			Object.hasOwn(parameters, name) ? parameters[name] : fallback;
		const openFile = () => {
			throw new Error('no file');
		};
		return readForm(operation, readParameter, 'UTC', openFile).body;
	};
	const message = new RegExp(`^${field.displayName} is empty`);
	for (const value of [{}, { entry: [] }]) expect(() => read(value)).toThrow(message);
	// Where empty values are left out, null counts as not added. n8n itself never gives it for a table.
	if (
		isLeftOut(
			field,
			null,
			'body',
			readOptions(operation, () => ({})),
		)
	) {
		expect(read(null)).not.toHaveProperty(wireName(field));
	} else {
		expect(() => read(null)).toThrow(message);
	}
});
