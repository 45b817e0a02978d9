import type { ILoadOptionsFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { viewOf } from '../operation';
import type { Operation, Resource } from '../operation';
import { outputName } from '../operation/view';
import { titleCase } from './titleCase';

/** The choices of Selected Fields: the fields of the operation's simplified output. */

/** The name of the method in n8n's `loadOptions`. */
const METHOD = 'getOutputFields';

/**
 * The choices are loaded when the list is shown, and nothing is asked for them: in the description
 * they would be a sixth of it. n8n's lint wants the label and the description of such a list so.
 */
export const OUTPUT_FIELDS: INodeProperties = {
	displayName: 'Output Field Names or IDs',
	name: 'fields',
	type: 'multiOptions',
	typeOptions: { loadOptionsMethod: METHOD, loadOptionsDependsOn: ['resource', 'operation'] },
	displayOptions: { show: { output: ['selectedFields'] } },
	default: [],
	description:
		'The fields each item will have. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

/** Whether the response has fields; one without, such as text, has one output only. */
export const hasRecords = (operation: Operation): boolean =>
	(viewOf(operation)?.fields ?? []).length > 0;

const { compare } = new Intl.Collator('en');

/** Returns the choices of an operation, sorted by name. Exported for tests and scripts. */
export const outputFieldsOf = (operation: Operation): INodePropertyOptions[] =>
	(viewOf(operation)?.fields ?? [])
		.map(outputName)
		.map((value) => ({ name: titleCase(value), value }))
		.sort((a, b) => compare(a.name, b.name));

type LoadOptions = (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>;

/** Returns the method behind the choices, by its name in n8n's `loadOptions`. */
export const outputFieldMethods = (resources: Resource[]): Record<string, LoadOptions> => ({
	async [METHOD]() {
		const resource = resources.find(
			({ value }) => value === this.getCurrentNodeParameter('resource'),
		);
		const operation = resource?.operations.find(
			({ value }) => value === this.getCurrentNodeParameter('operation'),
		);
		return await Promise.resolve(operation ? outputFieldsOf(operation) : []);
	},
});
