import type { IDataObject } from 'n8n-workflow';

import type { ClerkRecord } from '../../engine/operation';
import type { Change, FindChanges } from './fields';
import type { ComparedKind } from './kinds';
import { toKey } from './list';
import type { List } from './list';

export type Difference = 'missing' | 'changed' | 'gone';

export interface ComparisonOptions {
	findChanges: FindChanges;
	/** Those to report. */
	differences: ReadonlySet<Difference>;
	/** Returns a record as the report shows it. */
	toOutput(record: ClerkRecord): IDataObject;
}

/**
 * Compares records with the list one by one, in any order, and keeps only the differences. A record can be
 * read twice, since pages overlap: its last result counts.
 */
export class Comparison {
	/** The records of the list that differ, by their keys. */
	readonly changed = new Map<string, { record: IDataObject; changes: Change[] }>();

	/** The records that are not in the list, by their keys. */
	readonly missing = new Map<string, { record: IDataObject; createdAt: number }>();

	/** The items whose records came: numbers, which take less memory than the keys. */
	private readonly found = new Set<number>();

	constructor(
		private readonly rows: IDataObject[],
		private readonly list: List,
		private readonly kind: ComparedKind,
		private readonly options: ComparisonOptions,
	) {}

	/** Compares a record. */
	readonly add = (record: ClerkRecord): void => {
		const ids = this.kind.ids.map(({ of }) => of(record));
		// A membership can be without its user.
		if (!ids.every((id) => typeof id === 'string')) return;
		const key = toKey(ids);
		const item = this.list.items.get(key);
		if (item === undefined) {
			const createdAt = Number(record.created_at ?? 0);
			this.missing.set(key, { record: this.outputOf(record, 'missing'), createdAt });
			return;
		}
		this.found.add(item);
		const changes = this.options.findChanges(this.rows[item], record);
		if (changes.length === 0) this.changed.delete(key);
		else this.changed.set(key, { record: this.outputOf(record, 'changed'), changes });
	};

	/** The number of different records that were compared. */
	get inClerk(): number {
		return this.found.size + this.missing.size;
	}

	/** The number of rows that are as their records. */
	get equal(): number {
		return this.found.size - this.changed.size;
	}

	/** The keys of the list whose records did not come, in its order. */
	get notFound(): string[] {
		return [...this.list.items].flatMap(([key, item]) => (this.found.has(item) ? [] : key));
	}

	/** Differences that are only counted take no memory. */
	private outputOf(record: ClerkRecord, difference: Difference): IDataObject {
		const { differences, toOutput } = this.options;
		return differences.has(difference) ? toOutput(record) : {};
	}
}
