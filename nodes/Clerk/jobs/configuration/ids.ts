import type { ClerkRecord } from '../../engine/operation';
import { kindNamed } from './kinds';
import type { Ids, InstanceState, Kind, KindName } from './model';
import { toState } from './read';

/** A record that another one refers to is not there. */
export class MissingReferenceError extends Error {
	constructor(kind: KindName, key: string) {
		super(`Needs the ${kindNamed(kind)!.noun} ${key}: there is none, or more than one`);
	}
}

/** The IDs of records, while a plan creates more of them. */
export class KnownIds implements Ids {
	private readonly byKind = new Map<KindName, ReadonlyMap<string, string | undefined>>();

	constructor({ kinds }: InstanceState) {
		for (const [name, { ids }] of kinds) this.byKind.set(name, ids);
	}

	of(kind: KindName, key: string): string {
		const id = this.byKind.get(kind)?.get(key);
		if (id === undefined) throw new MissingReferenceError(kind, key);
		return id;
	}

	/** @param rows - of the list of the kind */
	update(kind: Kind, rows: ClerkRecord[]): void {
		this.byKind.set(kind.name, toState(kind, rows).ids);
	}
}
