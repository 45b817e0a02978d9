import type { ClerkRecord } from '../../engine/operation';
import { isInexact, METADATA_WIRE_NAMES, valueAt } from '../shared/metadata';
import type { MetadataKind } from '../shared/metadata';

/** Matches the metadata of records with the values that items look for. Pure. */

export type Scalar = string | number | boolean;

export interface Criteria {
	/** The names that lead to the key. */
	path: string[];
	kinds: MetadataKind[];
	match: 'equals' | 'listContains' | 'exists';
	/** Compares as text, without blanks around it. */
	isLoose: boolean;
}

/** A value that items look for; without a value, the key alone. */
export interface SoughtValue {
	value?: Scalar;
	/** Indexes of the items. */
	items: number[];
	/**
	 * Whether a record almost has it: with the same text but another type, or in a list where a single
	 * value is looked for, or the other way round.
	 */
	near?: 'type' | 'shape';
}

/** The values of all items, of which equal ones are looked for once. */
export class Search {
	readonly wanted: SoughtValue[] = [];

	/** Whether a record has the key. */
	hasKey = false;

	private readonly byText = new Map<string, SoughtValue[]>();

	/** In the order in which they are looked at: unsafe metadata last. */
	private readonly kinds: MetadataKind[];

	/** @param values - by the index of the item; not used if only the key has to exist */
	constructor(
		private readonly criteria: Criteria,
		values: Map<number, Scalar>,
	) {
		const { kinds, match } = criteria;
		this.kinds = [...kinds].sort((a, b) => Number(a === 'unsafe') - Number(b === 'unsafe'));
		if (match === 'exists') this.wanted.push({ items: [0] });
		else for (const [item, value] of values) this.add(item, value);
	}

	private add(item: number, value: Scalar): void {
		const text = textOf(value);
		const others = this.byText.get(text) ?? [];
		const same = others.find((one) => one.value === value);
		if (same) {
			same.items.push(item);
			return;
		}
		const wanted: SoughtValue = { value, items: [item] };
		this.wanted.push(wanted);
		this.byText.set(text, [...others, wanted]);
	}

	/** Whether a match ends the search for a value: one in unsafe metadata does not, since users can edit it. */
	readonly isFinal = (kind: MetadataKind): boolean => kind !== 'unsafe' || this.kinds.length === 1;

	/** Returns what a record has of it, each with the kind of metadata that has it. */
	matchesOf(record: ClerkRecord): Map<SoughtValue, MetadataKind> {
		const matches = new Map<SoughtValue, MetadataKind>();
		for (const kind of this.kinds) {
			const stored = this.criteria.path.reduce(valueAt, record[METADATA_WIRE_NAMES[kind]]);
			if (stored === undefined) continue;
			this.hasKey = true;
			for (const wanted of this.wantedIn(stored)) {
				if (!matches.has(wanted)) matches.set(wanted, kind);
			}
		}
		return matches;
	}

	private wantedIn(stored: unknown): SoughtValue[] {
		const { match, isLoose } = this.criteria;
		if (match === 'exists') return this.wanted;
		const isShape = Array.isArray(stored) === (match === 'listContains');
		return [stored].flat().flatMap((value) =>
			this.alikeOf(value).filter((wanted) => {
				const isType = isLoose || value === wanted.value;
				if (!isShape) wanted.near = 'shape';
				else if (!isType) wanted.near ??= 'type';
				return isShape && isType;
			}),
		);
	}

	/** Returns those with the same text as a stored value; none for a number that may have lost digits. */
	private alikeOf(value: unknown): SoughtValue[] {
		const isComparable =
			['string', 'number', 'boolean'].includes(typeof value) && !isInexact(value);
		return isComparable ? (this.byText.get(textOf(value as Scalar)) ?? []) : [];
	}
}

const textOf = (value: Scalar): string => String(value).trim();
