import { isDestructive } from '../../credentials/accessPolicy';
import {
	fieldsByLocation,
	isProcedure,
	isWrite,
	methodOf,
	pathOf,
	wireName,
} from '../../nodes/Clerk/engine/operation';
import type { Field, Operation, Resource } from '../../nodes/Clerk/engine/operation';
import { collectionOf, isOnForm } from '../../nodes/Clerk/engine/form/placement';
import { columnsOf } from '../../nodes/Clerk/engine/input/table';

/** What the registry holds, as plain data: for the docs, the tests and checks from outside. */

interface DescribedField {
	/** With its collection in front: `filters.emailAddress`. */
	parameter: string;
	/** `form`: read by the node, and not sent as it is. */
	in: 'path' | 'query' | 'body' | 'form';
	/** Its name in the API, with dots for what stands within. */
	wire: string;
	required: boolean;
}

type KnownField = DescribedField & { field: Field };

export type DescribedOperation = ReturnType<typeof describeOperation>;

const PAGING_FIELDS: DescribedField[] = [
	{ parameter: 'limit', in: 'query', wire: 'limit', required: false },
	{ parameter: 'options.offset', in: 'query', wire: 'offset', required: false },
];

/** With what the operation's file says of each; a table has a field, and one a column. */
export function fieldsOf(operation: Operation): KnownField[] {
	return fieldsByLocation(operation).flatMap(([location, fields]) =>
		fields.flatMap((field) => {
			const collection = isOnForm(field, location)
				? ''
				: `${collectionOf(operation, location, field)}.`;
			const shownIn = location === 'procedure' ? 'form' : location;
			const described = (one: Field, parameter = '', wire = ''): KnownField => ({
				parameter: `${collection}${parameter}${one.name}`,
				in: shownIn,
				wire: `${wire}${wireName(one)}`,
				required: one.required === true,
				field: one,
			});
			const isTable = field.type === 'fixedCollection' && field.encode !== 'map';
			const row = `${field.name}.${field.options?.[0].name}.`;
			const cells = isTable ? columnsOf(field) : [];
			return [
				described(field),
				...cells.map((cell) => described(cell, row, `${wireName(field)}.`)),
			];
		}),
	);
}

/** A job itself decides what it sends. */
function describeOperation(resource: string, operation: Operation) {
	const isJob = isProcedure(operation);
	const paging = !isJob && operation.returns.kind === 'list' ? operation.returns.paging : undefined;
	const [method, path] = isJob ? [null, null] : [methodOf(operation), pathOf(operation)];
	// JSON leaves out what is undefined.
	const fields = fieldsOf(operation).map((described) => ({ ...described, field: undefined }));
	return {
		resource,
		operation: operation.value,
		kind: isJob ? 'job' : 'request',
		/** `item`, `batch` or `set`. */
		takes: isJob ? (operation.takes ?? 'item') : operation.batch ? 'batch' : 'item',
		method,
		/** With the `{names}` of Clerk's document. */
		path,
		destructive: method !== null && isDestructive(method, path),
		/** How the response holds its rows. */
		list: paging?.shape ?? null,
		write: isWrite(operation),
		fields: paging && !paging.whole ? [...fields, ...PAGING_FIELDS] : fields,
	};
}

export const describeOperations = (resources: Resource[]) =>
	resources.flatMap(({ value, operations }) =>
		operations.map((operation) => describeOperation(value, operation)),
	);
