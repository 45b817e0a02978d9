import type { IDataObject } from 'n8n-workflow';

import { InvalidInputError } from '../../engine/operation';
import type { ClerkRecord, View } from '../../engine/operation';
import { outputName, pickFields, simplify } from '../../engine/operation/view';
import { valueAt } from '../shared/metadata';
import type { RowField } from './list';
import { isSameTime, isSameValue } from './values';

/** Compares a record with its row. */

/** A field of a record that its row does not have the same value of. */
export interface Change {
	/** As the list names it. */
	field: string;
	listed: unknown;
	clerk: unknown;
}

/** Returns the differences between a row and its record. */
export type FindChanges = (row: IDataObject, record: ClerkRecord) => Change[];

/** Compares nothing but presence. */
export const NO_CHANGES: FindChanges = () => [];

/** Compares the time of the last change. */
export const byUpdatedAt =
	({ name, read }: RowField, timezone: string): FindChanges =>
	(row, { updated_at: clerk = null }) => {
		const listed = read(row);
		if (isSameTime(listed, clerk, timezone)) return [];
		return [{ field: name, listed: listed ?? null, clerk }];
	};

/** A field of the list, and the name of Clerk's that it must equal. */
export interface FieldPair {
	listed: RowField;
	/** Of the simplified output; dots lead into objects. */
	clerk: string;
}

const LABEL = 'Compared Fields';

/** Compares fields. @throws InvalidInputError for one that the view does not have, or that Clerk need not send */
export function byFields(
	pairs: FieldPair[],
	view: View,
	timezone: string,
	notAlwaysSent: string[] = [],
): FindChanges {
	const known = view.fields.map(outputName).filter((name) => !notAlwaysSent.includes(name));
	const readers = pairs.map(({ listed, clerk }) => {
		const path = clerk.split('.');
		if (!known.includes(path[0])) {
			const reason = `has no field "${path[0].slice(0, 60)}" of Clerk. There are: ${known.join(', ')}`;
			throw new InvalidInputError(LABEL, reason);
		}
		const isTime = path.length === 1 && path[0].endsWith('At');
		return { listed, path, isTime };
	});
	const compared = pickFields(
		view,
		readers.map(({ path }) => path[0]),
	);
	return (row, record) => {
		const output = simplify(record, compared);
		return readers.flatMap(({ listed: { name, read }, path, isTime }) => {
			const listed = read(row);
			const clerk = path.reduce<unknown>(valueAt, output);
			const isSame = isTime ? isSameTime(listed, clerk, timezone) : isSameValue(listed, clerk);
			return isSame ? [] : [{ field: name, listed: listed ?? null, clerk: clerk ?? null }];
		});
	};
}
