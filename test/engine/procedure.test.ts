import type { IDataObject } from 'n8n-workflow';

import { execute } from '../../nodes/Clerk/engine/execute';
import { defineProcedure, defineResource } from '../../nodes/Clerk/engine/operation';
import { limits } from '../../nodes/Clerk/resources/limits';
import { answer, scriptedHost } from '../support/scripted';

/** What a procedure reads of each item's form. */

const text = (name: string, words = {}) => ({
	displayName: name,
	name,
	type: 'string' as const,
	default: '',
	description: name,
	...words,
});

const thing = defineResource({
	name: 'Thing',
	value: 'thing',
	description: 'x',
	operations: [
		defineProcedure({
			name: 'Work',
			value: 'work',
			action: 'Work on thing',
			description: 'x',
			writes: true,
			form: [
				text('mode', { section: 'form', once: true }),
				text('name', { nullable: true }),
				text('other'),
			],
			prepare: ({ values }) => ({
				carryOut: async () => await Promise.resolve({ records: [values as IDataObject] }),
			}),
		}),
	],
});

async function run(...items: IDataObject[]) {
	const parameters = items.map((item) => ({
		resource: 'thing',
		operation: 'work',
		options: {},
		...item,
	}));
	const { host } = scriptedHost({ parameters }, () => answer(200, {}));
	const [output] = await execute(host, { resources: [thing], limits });
	return output.map(({ json }) => json);
}

describe('a procedure for each item', () => {
	it('reads all of its form for every item: what a set reads once, too', async () => {
		expect(await run({ mode: 'a' }, { mode: 'b' })).toEqual([{ mode: 'a' }, { mode: 'b' }]);
	});

	it('takes null where a field says that it clears, and refuses it elsewhere', async () => {
		expect(await run({ additionalFields: { name: null } })).toEqual([{ name: null }]);
		await expect(run({ additionalFields: { other: null } })).rejects.toThrow(
			'other has no value: its expression gave null [item 0]',
		);
	});
});
