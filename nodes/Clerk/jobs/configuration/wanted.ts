import { InvalidInputError, InvalidItemsError } from '../../engine/operation';
import { findFault } from '../../engine/input/jsonText';
import { isObject } from '../../engine/operation/values';
import { HEADER, NOT_EXPORTED_KIND, VERSION } from './export';
import { kindNamed, KINDS } from './kinds';
import type {
	ConfigurationValue,
	Exported,
	Kind,
	KindName,
	WantedConfiguration,
	WantedRecord,
} from './model';
import { needOf, normalize } from './values';

/** Input items → the wanted configuration. Pure. */

/** A text that is replaced wherever a value has it. */
export interface Replacement {
	find: string;
	replaceWith: string;
}

/** What an input item has in the field Configuration: a row, or a list of rows as from a file. */
export interface ConfigurationItem {
	rows: unknown;
	item: number;
}

const LABEL = 'Configuration';

const WHAT = `a row of Export Configuration, or a list of them. A file's rows may be one level down: {{ $json.data }}`;

/**
 * Reads the wanted configuration, and checks all of it.
 *
 * @param kinds - those that are compared; rows of others are left out
 * @throws InvalidItemsError with the first fault of each item
 */
export function readWanted(
	items: ConfigurationItem[],
	kinds: Kind[],
	replacements: Replacement[],
): WantedConfiguration {
	const invalid = new Map<number, InvalidInputError>();
	const wanted = new WantedRows(replacements);
	for (const { rows, item } of items) {
		const list = Array.isArray(rows) ? (rows as unknown[]) : [rows];
		if (list.length === 0)
			invalid.set(item, new InvalidInputError(LABEL, `is empty: it needs ${WHAT}`));
		for (const [index, row] of list.entries()) {
			const reason = wanted.add(row, item);
			if (reason === undefined) continue;
			const label = Array.isArray(rows) ? `${LABEL}, row ${index + 1}:` : LABEL;
			invalid.set(item, new InvalidInputError(label, reason));
			break;
		}
	}
	if (invalid.size > 0) throw new InvalidItemsError(invalid);
	const { instanceId, notShown } = wanted;
	const exported = wanted.exportedByKind();
	const records = [...wanted.records.values()].filter(({ kind }) => kinds.includes(kind));
	const ofKinds = <T>(byKind: Map<KindName, T>) =>
		new Map([...byKind].filter(([name]) => kinds.includes(kindNamed(name)!)));
	return {
		instanceId,
		records,
		exported: exported && ofKinds(exported),
		notShown: ofKinds(notShown),
	};
}

class WantedRows {
	instanceId = '';

	/** By kind and key. */
	readonly records = new Map<string, WantedRecord>();

	private header?: { counts: Map<KindName, number>; keys: Map<KindName, string[]> };

	/** Kind and key of each row as the export has them. */
	private readonly rowKeys = new Set<string>();

	readonly notShown = new Map<KindName, string>();

	constructor(private readonly replacements: Replacement[]) {}

	/** Adds a row. @returns what is wrong with it */
	add(row: unknown, item: number): string | undefined {
		if (!isObject(row) || !Object.hasOwn(row, 'kind')) return `needs ${WHAT}`;
		const { kind: name, key, instanceId } = row;
		const kind = kindNamed(name);
		if (!kind && name !== HEADER && name !== NOT_EXPORTED_KIND) {
			return `needs a kind of ${KINDS.map((one) => one.name).join(', ')}, but got ${quote(name)}`;
		}
		if (typeof key !== 'string' || key === '') return 'has no key';
		if (typeof instanceId !== 'string' || instanceId === '') {
			return 'has no instanceId: take the rows as Export Configuration outputs them';
		}
		if (this.instanceId !== '' && this.instanceId !== instanceId) {
			return `comes from ${quote(instanceId)}, but another row comes from ${quote(this.instanceId)}: apply one export at a time`;
		}
		this.instanceId = instanceId;
		const value = valueIn(row.value);
		if (name === NOT_EXPORTED_KIND) return this.addGap(value);
		if (!value) return 'has no value: it needs an object';
		return kind ? this.addRecord(kind, key, value, item) : this.addHeader(value);
	}

	/** Most gaps are the same in every export. */
	private addGap(value: ConfigurationValue | undefined): undefined {
		const kind = kindNamed(value?.kind);
		if (kind) this.notShown.set(kind.name, String(value?.reason));
	}

	private addHeader({ version, records, keys }: ConfigurationValue): string | undefined {
		if (version !== VERSION) {
			return `is an export of version ${quote(version)}, and this job reads version ${VERSION}`;
		}
		if (this.header) return 'is the first row of a second export: apply one at a time';
		const counts = ofEachKind(records);
		const badCount = counts.find(
			([name, count]) => !kindNamed(name) || !Number.isSafeInteger(count),
		);
		if (badCount) return `has no valid number of records: ${quote(badCount[0])}`;
		const lists = ofEachKind(keys);
		const badList = lists.find(([name, list]) => !kindNamed(name) || !isTextList(list));
		if (badList) return `has no valid list of keys: ${quote(badList[0])}`;
		this.header = {
			counts: new Map(counts as Array<[KindName, number]>),
			keys: new Map(lists as Array<[KindName, string[]]>),
		};
		return undefined;
	}

	/** Returns what the export had of each kind, and lost since; undefined without its first row. */
	exportedByKind(): Map<KindName, Exported> | undefined {
		if (!this.header) return undefined;
		const { counts, keys } = this.header;
		const isLost = (kind: KindName) => (key: string) => !this.rowKeys.has(identityOf(kind, key));
		return new Map(
			[...counts].map(([kind, count]) => [
				kind,
				{ count, lost: keys.get(kind)?.filter(isLost(kind)) },
			]),
		);
	}

	private addRecord(
		kind: Kind,
		key: string,
		given: ConfigurationValue,
		item: number,
	): string | undefined {
		const value: Record<string, unknown> = {};
		for (const [name, one] of Object.entries(given)) {
			const field = kind.fields.find((own) => own.name === name);
			if (!field) return `(${kind.name} ${quote(key)}) has no field ${quote(name)}`;
			const replaced = field.refersTo ? one : this.replaceIn(one);
			const normal = normalize(field, replaced);
			if (normal === undefined) {
				return `(${kind.name} ${quote(key)}) needs ${needOf(field)} as ${name}`;
			}
			value[name] = normal;
		}
		if (!kind.recordKey && key !== kind.name)
			return `of kind ${kind.name} needs the key ${kind.name}`;
		if (kind.keyIn && kind.keyIn(value) !== key) {
			return `has the key ${quote(key)}, but its value implies the key ${quote(kind.keyIn(value))}`;
		}
		const wantedKey = kind.isKeyReplaced ? String(this.replaceIn(key)) : key;
		const identity = identityOf(kind.name, wantedKey);
		const other = this.records.get(identity);
		if (other) {
			return `has ${kind.name} ${quote(wantedKey)}, which item ${other.item} has too`;
		}
		this.rowKeys.add(identityOf(kind.name, key));
		this.records.set(identity, { kind, key: wantedKey, value, item });
		return undefined;
	}

	/** Replaces text at any depth; the names in objects stay. */
	private replaceIn(value: unknown): unknown {
		if (typeof value === 'string') {
			return this.replacements.reduce(
				(text, { find, replaceWith }) => text.replaceAll(find, () => replaceWith),
				value,
			);
		}
		if (Array.isArray(value)) return value.map((one) => this.replaceIn(one));
		if (!isObject(value)) return value;
		return Object.fromEntries(
			Object.entries(value).map(([name, one]) => [name, this.replaceIn(one)]),
		);
	}
}

const identityOf = (kind: KindName, key: string): string => JSON.stringify([kind, key]);

const ofEachKind = (value: unknown): Array<[string, unknown]> =>
	Object.entries(isObject(value) ? value : {});

const isTextList = (value: unknown): boolean =>
	Array.isArray(value) && value.every((one) => typeof one === 'string');

/** A table or a CSV file holds objects as text. */
function valueIn(value: unknown): ConfigurationValue | undefined {
	if (isObject(value)) return value;
	if (typeof value !== 'string' || findFault(value)) return undefined;
	const parsed: unknown = JSON.parse(value);
	return isObject(parsed) ? parsed : undefined;
}

const MAX_QUOTED = 100;

const quote = (value: unknown): string => {
	const text = JSON.stringify(value) ?? 'nothing';
	return text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text;
};
