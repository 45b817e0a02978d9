import { skip } from '../shared/actions';
import {
	ambiguousAction,
	changeAction,
	compareAction,
	createAction,
	deleteAction,
	extraAction,
	extraEntries,
	recordName,
	unknownAction,
} from './actions';
import { MissingReferenceError } from './ids';
import { KINDS } from './kinds';
import type {
	ConfigurationAction,
	ConfigurationField,
	InstanceState,
	Kind,
	KindName,
	KindState,
	StoredRecord,
	WantedConfiguration,
	WantedRecord,
} from './model';
import { keepUsed, reasonToKeepRole } from './keep';
import { differences, keysIn } from './values';
import { describeLost, reasonNotWhole } from './whole';

const LEFT_ALONE =
	'Exists, but this job leaves it alone: a system record, or an application that registered itself';

export interface ConfigurationPlan {
	/** In the order of writing: new and changed records by kind, then deletions in the opposite order. */
	actions: ConfigurationAction[];
	/** How many records are as wanted. */
	unchanged: number;
}

/**
 * Plans what makes the records of an instance those that are wanted. Pure.
 *
 * @param deletesExtra - whether records that are not wanted are deleted, where that is safe
 */
export function planConfiguration(
	wanted: WantedConfiguration,
	state: InstanceState,
	deletesExtra: boolean,
): ConfigurationPlan {
	const planner = new Planner(wanted, state, deletesExtra);
	const kinds = KINDS.flatMap(({ name }) => state.kinds.get(name) ?? []);
	const writes = kinds.flatMap((kindState) => planner.writesOf(kindState));
	const extras = kinds.map((kindState) => planner.extrasOf(kindState, writes));
	const actions = keepUsed([...writes, ...extras.reverse().flat()], wanted.records, state);
	return { actions, unchanged: planner.unchanged };
}

class Planner {
	unchanged = 0;

	private readonly wantedOf = new Map<Kind, WantedRecord[]>();

	/** Records that others may refer to once the plan is carried out, beside those that are there. */
	private readonly coming = new Set<string>();

	/** Records that the plan deletes. A kind is judged before the kinds that refer to it. */
	private readonly deleted = new Set<string>();

	constructor(
		private readonly wanted: WantedConfiguration,
		private readonly state: InstanceState,
		private readonly deletesExtra: boolean,
	) {
		for (const record of wanted.records) {
			const ofKind = this.wantedOf.get(record.kind);
			if (ofKind) ofKind.push(record);
			else this.wantedOf.set(record.kind, [record]);
		}
	}

	writesOf(kindState: KindState): ConfigurationAction[] {
		const records = [...(this.wantedOf.get(kindState.kind) ?? [])];
		return records
			.sort((a, b) => (a.key < b.key ? -1 : 1))
			.flatMap((record) => this.writeOf(record, kindState) ?? []);
	}

	private writeOf(
		record: WantedRecord,
		{ kind, records, ambiguous, ids, unavailable }: KindState,
	): ConfigurationAction | undefined {
		const { key, value } = record;
		if (unavailable !== undefined) {
			return compareAction(record, notShownHere(unavailable));
		}
		const count = ambiguous.get(key);
		if (count !== undefined) {
			return compareAction(record, `${count} of them have this name here: rename them`);
		}
		const stored = records.get(key);
		if (!stored && ids.has(key)) {
			return compareAction(record, LEFT_ALONE);
		}
		const fields = stored ? differences(kind, value, stored.value) : kind.fields;
		if (stored && fields.length === 0) {
			this.unchanged++;
			return undefined;
		}
		const action = stored ? changeAction(record, stored, fields) : createAction(record);
		const reason =
			this.reasonNotToWrite(record, stored) ??
			this.missingReferences(fields, value) ??
			kind.reasonNotToWrite?.(value, stored?.value);
		if (reason !== undefined) return { ...skip(action, reason), write: undefined };
		if (!stored) this.coming.add(recordName(kind.name, key));
		return action;
	}

	private reasonNotToWrite(
		{ kind, value }: WantedRecord,
		stored: StoredRecord | undefined,
	): string | undefined {
		if (stored) return kind.change ? undefined : 'The API cannot change it';
		if (!kind.create) return 'The API cannot create it';
		const missing = kind.fields.find(({ name, required }) => required && value[name] === undefined);
		return missing && `A new ${kind.noun} needs ${missing.name}, and the input has none`;
	}

	private missingReferences(
		fields: ConfigurationField[],
		value: WantedRecord['value'],
	): string | undefined {
		for (const field of fields) {
			const { refersTo } = field;
			if (!refersTo) continue;
			const missing = keysIn(field, value).find((key) => !this.canReferTo(refersTo, key));
			if (missing !== undefined) return new MissingReferenceError(refersTo, missing).message;
		}
		return undefined;
	}

	private canReferTo(kind: KindName, key: string): boolean {
		return (
			this.state.kinds.get(kind)?.ids.get(key) !== undefined ||
			this.coming.has(recordName(kind, key))
		);
	}

	/** Returns a row for each record that is not wanted, kept or deleted, and one if not all were compared. */
	extrasOf(
		{ kind, records, ambiguous, unavailable }: KindState,
		writes: ConfigurationAction[],
	): ConfigurationAction[] {
		const wanted = this.wantedOf.get(kind) ?? [];
		const exported = this.wanted.exported?.get(kind.name);
		const notShown = this.wanted.notShown.get(kind.name);
		if (notShown !== undefined && wanted.length === 0) {
			return [unknownAction(kind, `The export does not have them. ${notShown}`)];
		}
		if (exported === undefined && wanted.length === 0) return [];
		if (unavailable !== undefined) {
			return wanted.length === 0 ? [unknownAction(kind, notShownHere(unavailable))] : [];
		}
		const lost = describeLost(exported, wanted.length);
		const incomplete = lost === undefined ? [] : [unknownAction(kind, `Not all compared: ${lost}`)];
		if (!kind.recordKey) return incomplete;
		const keys = new Set(wanted.map(({ key }) => key));
		const extras = [...records.values()].filter(({ key }) => !keys.has(key));
		const incompleteReason = lost ?? reasonNotWhole(exported);
		return [
			...incomplete,
			...extras
				.sort((a, b) => (a.key < b.key ? -1 : 1))
				.map((stored) => this.extra(kind, stored, incompleteReason, writes)),
			...[...ambiguous].flatMap(([key, count]) =>
				keys.has(key) ? [] : [ambiguousAction(kind, key, count)],
			),
			...wanted.flatMap((record) =>
				extraEntries(record, records.get(record.key), (name, key) =>
					this.deleted.has(recordName(name, key)),
				),
			),
		];
	}

	private extra(
		kind: Kind,
		stored: StoredRecord,
		notWhole: string | undefined,
		writes: ConfigurationAction[],
	): ConfigurationAction {
		const kept = extraAction(kind, stored, 'Is not in the input, and is kept');
		if (!this.deletesExtra) return kept;
		const reason = kind.remove
			? (notWhole ?? this.reasonToKeep(kind, stored, writes))
			: `this job deletes no ${kind.noun}`;
		if (reason !== undefined) return { ...kept, reason: `Is not in the input. Kept: ${reason}` };
		this.deleted.add(recordName(kind.name, stored.key));
		return deleteAction(kind, stored);
	}

	private reasonToKeep(
		{ name }: Kind,
		{ key }: StoredRecord,
		writes: ConfigurationAction[],
	): string | undefined {
		if (name !== 'organizationRole') return undefined;
		return reasonToKeepRole(key, this.state, this.wanted.records, writes);
	}
}

const notShownHere = (reason: string): string => `Clerk does not show them here: ${reason}`;
