import type { INodePropertyMode } from 'n8n-workflow';

/** The modes of a locator. */

const text = { type: 'string' as const };
const searchable = { type: 'list' as const };

export const textMode = (
	name: string,
	displayName: string,
	placeholder: string,
): INodePropertyMode => ({ ...text, displayName, name, placeholder });

export const byId = (example: string): INodePropertyMode =>
	textMode('id', 'By ID', `e.g. ${example}`);

/** Whether a name contains the typed text, in upper or lower case. */
export const contains = (name: string, typed = ''): boolean =>
	name.toLowerCase().includes(typed.toLowerCase());

export const searchMode = (method: string, title: string): INodePropertyMode => ({
	...searchable,
	displayName: 'From List',
	name: 'list',
	placeholder: `Choose from ${title}…`,
	typeOptions: { searchListMethod: method, searchable: true },
});
