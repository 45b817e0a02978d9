import type { IDataObject } from 'n8n-workflow';

import { InvalidInputError } from '../../engine/operation';
import type { ClerkRecord, FormInput, Prepared, Send } from '../../engine/operation';
import { apply, finish } from '../shared/actions';
import type { Action } from '../shared/actions';
import { removalOf, toPath } from '../shared/metadataChanges';
import type { Metadata } from '../shared/metadataChanges';

/** Keys go out of the metadata of a record, whatever it is a record of. */

export type Kind = 'public' | 'private' | 'unsafe';

const STORED: Record<Kind, string> = {
	public: 'public_metadata',
	private: 'private_metadata',
	unsafe: 'unsafe_metadata',
};

/**
 * One request at most, since Clerk takes few updates of one user at a time. What is not there needs
 * none.
 *
 * @param path - of the route that merges the record's metadata
 */
export function planRemoval(
	record: ClerkRecord,
	paths: string[][],
	kinds: Kind[],
	target: string,
	path: string,
): Action {
	const removals = kinds.map((kind) => ({ kind, ...removalOf(record[STORED[kind]], paths) }));
	const named = (which: 'removed' | 'missing') =>
		removals.flatMap(({ kind, ...removal }) =>
			removal[which].map((names) => [kind, ...names.map(escaped)].join('.')),
		);
	const patches = removals.flatMap(({ kind, patch }): Array<[string, Metadata]> =>
		patch ? [[STORED[kind], patch]] : [],
	);
	const body = Object.fromEntries(patches) as IDataObject;
	const isSkipped = patches.length === 0;
	return {
		action: 'removeMetadataKeys',
		target,
		requests: isSkipped ? [] : [{ method: 'PATCH', path, body }],
		reason: isSkipped ? 'None of the keys is there' : 'The keys are there',
		isSkipped,
		about: { removed: named('removed'), missing: named('missing') },
	};
}

const escaped = (name: string): string => name.replace(/[.\\]/g, '\\$&');

/** What the forms have in common, as a procedure's `prepare` gives it. */
export interface Holder {
	/** What the report names the record by. */
	target: string;
	/** Of the route that merges its metadata; encoded. */
	path: string;
	read(send: Send): Promise<ClerkRecord>;
}

/** @throws InvalidInputError */
export function prepareRemoval({ values, item }: FormInput, holder: Holder): Prepared {
	const paths = (values.keys as string[]).map((key) => toPath(key, 'Keys'));
	const kinds = (values.kinds ?? []) as Kind[];
	if (paths.length === 0) throw new InvalidInputError('Keys', 'is empty');
	if (kinds.length === 0) throw new InvalidInputError('Kinds of Metadata', 'is empty');
	const isDryRun = values.dryRun === true;
	return {
		// As the writes of the same record's metadata, whose order matters.
		target: holder.path,
		async execute(tools) {
			const record = await holder.read(tools.send);
			const action = planRemoval(record, distinct(paths), kinds, holder.target, holder.path);
			if (!isDryRun) tools.ensureAllowed(action.requests);
			return finish(await apply([{ ...action, item }], tools, isDryRun));
		},
	};
}

const distinct = (paths: string[][]): string[][] => [
	...new Map(paths.map((path) => [JSON.stringify(path), path])).values(),
];
