import type { IDataObject } from 'n8n-workflow';

import type { ClerkRecord } from '../../engine/operation';
import type { Action } from '../shared/actions';
import { METADATA_WIRE_NAMES } from '../shared/metadata';
import type { Metadata, MetadataKind } from '../shared/metadata';
import { keyRemoval } from './keyPaths';

/**
 * Plans one request at most for all kinds of metadata, because Clerk allows few updates of one record
 * in 10 s (`resources/limits.ts`). Skipped if none of the keys exists.
 *
 * @param target - the record's name in the report
 * @param path - of the route that merges the record's metadata; encoded
 */
export function planKeyRemoval(
	record: ClerkRecord,
	paths: string[][],
	kinds: MetadataKind[],
	target: string,
	path: string,
): Action {
	const removals = kinds.map((kind) => ({
		kind,
		...keyRemoval(record[METADATA_WIRE_NAMES[kind]], paths),
	}));
	const listed = (which: 'removed' | 'missing') =>
		removals.flatMap(({ kind, ...removal }) =>
			removal[which].map((names) => [kind, ...names.map(escapeDots)].join('.')),
		);
	const patches = removals.flatMap(({ kind, patch }): Array<[string, Metadata]> =>
		patch ? [[METADATA_WIRE_NAMES[kind], patch]] : [],
	);
	const body = Object.fromEntries(patches) as IDataObject;
	const isSkipped = patches.length === 0;
	return {
		action: 'removeMetadataKeys',
		target,
		requests: isSkipped ? [] : [{ method: 'PATCH', path, body }],
		reason: isSkipped ? 'None of the keys exists' : 'The keys exist',
		isSkipped,
		columns: { removed: listed('removed'), missing: listed('missing') },
	};
}

const escapeDots = (name: string): string => name.replace(/[.\\]/g, '\\$&');
