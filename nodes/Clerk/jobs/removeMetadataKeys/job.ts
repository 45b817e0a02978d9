import { InvalidInputError } from '../../engine/operation';
import type { ClerkRecord, FormInput, Prepared, Send } from '../../engine/operation';
import { apply } from '../shared/apply';
import { finish } from '../shared/report';
import { parseKeyPath } from './keyPaths';
import { planKeyRemoval } from './plan';
import type { MetadataKind } from './plan';

/** A record with metadata: a user, an organization or a membership. */
export interface MetadataOwner {
	/** Its name in the report. */
	target: string;
	/** Of the route that merges its metadata; encoded. */
	path: string;
	read(send: Send): Promise<ClerkRecord>;
}

/** Checks the form before anything is sent. @throws InvalidInputError */
export function prepareKeyRemoval(
	{ values, itemIndex }: FormInput,
	owner: MetadataOwner,
): Prepared {
	const paths = (values.keys as string[]).map((key) => parseKeyPath(key, 'Keys'));
	const kinds = (values.kinds ?? []) as MetadataKind[];
	if (paths.length === 0) throw new InvalidInputError('Keys', 'is empty');
	if (kinds.length === 0) throw new InvalidInputError('Kinds of Metadata', 'is empty');
	const isDryRun = values.dryRun === true;
	return {
		// The path of the request, so that other writes of the same metadata keep their order.
		target: owner.path,
		async execute(context) {
			const record = await owner.read(context.send);
			const action = planKeyRemoval(record, distinct(paths), kinds, owner.target, owner.path);
			if (!isDryRun) context.ensureAllowed(action.requests);
			return finish(await apply([{ ...action, item: itemIndex }], context, isDryRun));
		},
	};
}

const distinct = (paths: string[][]): string[][] => [
	...new Map(paths.map((path) => [JSON.stringify(path), path])).values(),
];
