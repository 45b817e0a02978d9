import type { INodePropertyMode } from 'n8n-workflow';

import type { Locator } from '../../engine/operation';
import { RECORDS } from '../ids';

/** The modes of a locator. */

const text = { type: 'string' as const };
const searchable = { type: 'list' as const };

export const textMode = (
	name: string,
	displayName: string,
	placeholder: string,
): INodePropertyMode => ({ ...text, displayName, name, placeholder });

/** Returns the mode for IDs that look like `example`, and their prefix. */
export const byId = (example: string): Pick<Locator, 'idMode' | 'ids'> => ({
	idMode: textMode('id', 'By ID', `e.g. ${example}`),
	ids: { prefix: example.slice(0, example.lastIndexOf('_') + 1), others: RECORDS },
});

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
