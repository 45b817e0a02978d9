import { InvalidInputError } from '../../engine/operation';
import type { ClerkRecord, FormInput, Prepared, Send } from '../../engine/operation';
import { apply } from '../shared/apply';
import { prepareItemJob } from '../shared/itemJob';
import { parseKeyPath } from '../../engine/input/keyPath';
import type { MetadataKind } from '../shared/metadata';
import { planKeyRemoval } from './plan';
import { KEY_REMOVAL_LAYOUT, summarize } from './report';
import type { OwnerColumns } from './report';

/** A record with metadata: a user, an organization or a membership. */
export interface MetadataOwner {
	/** The operation, as in the keys of its plans: `user.removeMetadataKeys`. */
	operation: string;
	/** Its name in the report. */
	target: string;
	/** Of the route that merges its metadata; encoded. */
	path: string;
	read(send: Send): Promise<ClerkRecord>;
	/** Returns the columns that say which record it is. */
	columnsOf(record: ClerkRecord): OwnerColumns;
}

/** Checks the form before anything is sent. @throws InvalidInputError */
export function prepareKeyRemoval(input: FormInput, owner: MetadataOwner): Prepared {
	const { values, itemIndex: item } = input;
	const paths = (values.keys as string[]).map((key) => parseKeyPath(key, 'Keys'));
	const kinds = (values.kinds ?? []) as MetadataKind[];
	if (paths.length === 0) throw new InvalidInputError('Keys', 'is empty');
	if (kinds.length === 0) throw new InvalidInputError('Kinds of Metadata', 'is empty');
	const { operation, target, path } = owner;
	return prepareItemJob(input, {
		operation,
		modeParameter: 'removeMetadataKeysMode',
		layout: KEY_REMOVAL_LAYOUT,
		// The path of the request, so that other writes of the same metadata keep their order.
		target: path,
		async plan({ send }) {
			const record = await owner.read(send);
			const about = owner.columnsOf(record);
			const { organizationId = null } = about;
			const action = planKeyRemoval(record, distinct(paths), kinds, target, path);
			const planned = {
				...action,
				item,
				effect: { organizationId, body: action.requests[0]?.body },
				columns: { ...about, ...action.columns },
			};
			return {
				actions: [planned],
				isOwn: (row) => row.target === target && (row.organizationId ?? null) === organizationId,
				summarize: (rows, status, note) => summarize(rows, target, about, status, item, note),
			};
		},
		apply,
	});
}

const distinct = (paths: string[][]): string[][] => [
	...new Map(paths.map((path) => [JSON.stringify(path), path])).values(),
];
