import type { INodePropertyMode } from 'n8n-workflow';

/** The ways a locator offers to name a record. */

const text = { type: 'string' as const };
const searchable = { type: 'list' as const };

export const textMode = (
	name: string,
	displayName: string,
	placeholder: string,
): INodePropertyMode => ({ ...text, displayName, name, placeholder });

export const byId = (example: string): INodePropertyMode =>
	textMode('id', 'By ID', `e.g. ${example}`);

/** What was typed finds a name in any case. */
export const contains = (name: string, typed = ''): boolean =>
	name.toLowerCase().includes(typed.toLowerCase());

export const searchMode = (method: string, title: string): INodePropertyMode => ({
	...searchable,
	displayName: 'From List',
	name: 'list',
	placeholder: `Choose from ${title}…`,
	typeOptions: { searchListMethod: method, searchable: true },
});
