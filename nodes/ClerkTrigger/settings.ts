import type { IDataObject } from 'n8n-workflow';

import { readEntries } from '../Clerk/engine/input/kinds';
import type { ValueKind } from '../Clerk/engine/input/kinds';
import { InvalidInputError } from '../Clerk/engine/operation';
import { ORGANIZATION_ID, USER_ID } from '../Clerk/fields/ids';

/** The trigger's lists, read by the same rules as those of the Clerk node. */

/** The parameters of the node: `getNodeParameter`, bound to it. */
export type ReadParameter = (name: string, fallback: unknown) => unknown;

interface ListOption {
	label: string;
	kind: ValueKind;
	/** What an empty list does, and how to go on. */
	whenEmpty: string;
}

const PASSES_ALL = 'lets every event pass. Enter an ID, or remove it';

/** The lists among the options. */
const LISTS = {
	ipAllowList: {
		label: 'IP Allow List',
		kind: 'ipAddress',
		whenEmpty: 'blocks every address. Enter an address, or remove it',
	},
	organizationIds: { label: 'Organization IDs', kind: ORGANIZATION_ID, whenEmpty: PASSES_ALL },
	userIds: { label: 'User IDs', kind: USER_ID, whenEmpty: PASSES_ALL },
} satisfies Record<string, ListOption>;

/** Returns the options; none where their expression gave nothing. */
export const optionsOf = (read: ReadParameter): IDataObject =>
	(read('options', {}) ?? {}) as IDataObject;

/** Returns the entries of a list; none if the option was not added, or is empty. @throws InvalidInputError */
export function readList(name: keyof typeof LISTS, read: ReadParameter): string[] {
	const { kind, label } = LISTS[name];
	return readEntries(kind, optionsOf(read)[name] ?? [], label);
}

/** What starts the workflow: events as Clerk names them, or `*` for all. */
const EVENT = /^(?:\*|[a-z]\w*(?:\.\w+)+)$/i;

/** Returns the chosen events. @throws InvalidInputError for text that is not the name of an event */
export function readEvents(read: ReadParameter): string[] {
	const events = readEntries(undefined, read('events', []) ?? [], 'Events');
	const invalid = events.find((event) => !EVENT.test(event));
	if (invalid === undefined) return events;
	throw new InvalidInputError(
		'Events',
		`needs events such as user.created, separated by commas, but got ${JSON.stringify(invalid)}`,
	);
}

/**
 * Returns why the workflow cannot be activated; undefined if it can. Otherwise an entry that can match
 * nothing would respond to every event with 204, without a word.
 */
export function reasonToRejectSettings(read: ReadParameter): string | undefined {
	try {
		if (readEvents(read).length === 0) return 'Events is empty. Choose what starts the workflow';
		const options = optionsOf(read);
		const names = Object.keys(LISTS) as Array<keyof typeof LISTS>;
		const empty = names
			.filter((name) => Object.hasOwn(options, name))
			.find((name) => readList(name, read).length === 0);
		return empty && `${LISTS[empty].label} is empty, which ${LISTS[empty].whenEmpty}`;
	} catch (error) {
		if (error instanceof InvalidInputError) return error.message;
		throw error as Error;
	}
}
