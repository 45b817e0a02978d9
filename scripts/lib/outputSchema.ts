import { isProcedure } from '../../nodes/Clerk/engine/operation';
import type { Mapping, Operation } from '../../nodes/Clerk/engine/operation';
import { simplify } from '../../nodes/Clerk/engine/operation/view';
import { api } from './clerkApi';
import type { Fact } from './digest';

/**
 * What n8n's editor shows of an operation's output before its first run. It is the documented output, made by
 * the operation's own view from a record that has every field of Clerk's document.
 */

export interface Schema {
	type: string;
	properties?: Record<string, Schema>;
	items?: Schema;
}

/** Records hold others, also of their own kind. */
const DEEPEST = 4;

/** A value of the type, the same for every text, so that what refers to something finds it. */
function sampleOf({ type, items, enum: values, record }: Fact, depth: number): unknown {
	const inner = record && depth < DEEPEST ? recordOf(record, depth + 1) : undefined;
	switch (type.split('|')[0]) {
		case 'string':
			return values?.[0] ?? 'text';
		case 'integer':
		case 'number':
			return values?.[0] ?? 1;
		case 'boolean':
			return true;
		case 'array':
			if (record) return inner ? [inner] : [];
			return items === undefined || items === 'any' ? [] : [sampleOf({ type: items }, depth)];
		default:
			return inner ?? {};
	}
}

function recordOf(name: string, depth = 0): Record<string, unknown> {
	const facts = Object.entries(api.records[name] ?? {});
	return Object.fromEntries(facts.map(([field, fact]) => [field, sampleOf(fact, depth)]));
}

function schemaOf(value: unknown): Schema {
	if (Array.isArray(value))
		return { type: 'array', ...(value.length > 0 && { items: schemaOf(value[0]) }) };
	if (value === null || value === undefined) return { type: 'string' };
	if (typeof value !== 'object') return { type: typeof value };
	const properties = Object.entries(value).map(([name, inner]) => [name, schemaOf(inner)]);
	if (properties.length === 0) return { type: 'object' };
	return { type: 'object', properties: Object.fromEntries(properties) };
}

function outputOf({ request, returns, responseType }: Mapping) {
	if (responseType === 'text') return { text: 'text', success: true };
	const { response } = api.operations[request];
	if (response === undefined) return { success: true };
	const record = simplify(recordOf(response) as never, returns.view);
	return returns.kind === 'list' ? record : { ...record, success: true };
}

/** Returns the schema of an operation's output: none for a procedure. */
export const outputSchemaOf = (operation: Operation): (Schema & { version: number }) | undefined =>
	isProcedure(operation) ? undefined : { ...schemaOf(outputOf(operation)), version: 1 };
