import type { IDataObject } from 'n8n-workflow';

import type {
	ConfigurationAction,
	ConfigurationField,
	ConfigurationValue,
	Ids,
	Kind,
	KindName,
	StoredRecord,
	WantedRecord,
	Write,
} from './model';
import { missingEntries, pick, toBody } from './values';

/** The actions of a plan. An approval covers the kind, the fields that are written, and what they replace. */

/** Returns a record's name in the plan, by which its writes keep their order. */
export const recordName = (kind: KindName, key: string): string => `${kind} ${key}`;

/** For requests that are not sent as they are: the IDs of new records are not known yet. */
const PLACEHOLDER: Ids = { of: () => 'new' };

const written = (
	write: Write,
	kind: Kind,
	values: { before?: IDataObject; after?: IDataObject },
) => ({
	write,
	requests: write(PLACEHOLDER),
	effect: { kind: kind.name, ...values },
});

const base = (kind: Kind, key: string) => ({
	recordKind: kind,
	target: key,
	orderKey: recordName(kind.name, key),
	requests: [],
});

const nameIn = ({ name }: ConfigurationValue): string | null =>
	typeof name === 'string' ? name : null;

/** Returns a row for a record that cannot be compared. */
export const compareAction = (
	{ kind, key, value, item }: WantedRecord,
	reason: string,
): ConfigurationAction => ({
	...base(kind, key),
	action: 'compare',
	isSkipped: true,
	reason,
	item,
	columns: { kind: kind.name, after: pick(kind.fields, value) },
});

/** Returns a row for a kind of which some records could not be compared. */
export const unknownAction = (kind: Kind, reason: string): ConfigurationAction => ({
	...base(kind, kind.name),
	action: 'compare',
	isSkipped: true,
	reason,
	columns: { kind: kind.name },
});

/** Returns the creation of a record. */
export function createAction({ kind, key, value, item }: WantedRecord): ConfigurationAction {
	const write: Write = (ids) =>
		kind.create?.({ key, value, body: toBody(kind.fields, value, ids) }, ids) ?? [];
	const after = pick(kind.fields, value);
	return {
		...base(kind, key),
		...written(write, kind, { after }),
		action: 'create',
		reason: 'Is in the input, and not here',
		item,
		columns: { kind: kind.name, name: nameIn(value), after },
	};
}

/** Returns the change of these fields of a record. */
export function changeAction(
	{ kind, key, value, item }: WantedRecord,
	stored: StoredRecord,
	fields: ConfigurationField[],
): ConfigurationAction {
	const whole = { ...stored.value, ...value };
	const write: Write = (ids) =>
		kind.change?.(
			{
				key,
				value,
				stored,
				body: toBody(fields, value, ids),
				wholeBody: () => toBody(kind.fields, whole, ids),
			},
			ids,
		) ?? [];
	const before = pick(fields, stored.value);
	const after = pick(fields, value);
	const names = fields.map(({ name }) => name);
	return {
		...base(kind, key),
		...written(write, kind, { before, after }),
		action: 'change',
		reason: `Differs in ${names.join(', ')}`,
		item,
		columns: {
			kind: kind.name,
			name: nameIn({ ...stored.value, ...value }),
			before,
			after,
		},
	};
}

/** Returns a row for a record that is kept although it is not wanted. */
export const extraAction = (
	kind: Kind,
	stored: StoredRecord,
	reason: string,
): ConfigurationAction => ({
	...base(kind, stored.key),
	action: 'extra',
	isSkipped: true,
	reason,
	columns: {
		kind: kind.name,
		name: nameIn(stored.value),
		before: pick(kind.fields, stored.value),
	},
});

/** Returns the deletion of a record. */
export function deleteAction(kind: Kind, stored: StoredRecord): ConfigurationAction {
	const write: Write = (ids) => (kind.remove ? [kind.remove(stored, ids)] : []);
	return {
		...extraAction(kind, stored, 'Is not in the input'),
		...written(write, kind, { before: pick(kind.fields, stored.value) }),
		action: 'delete',
		isSkipped: false,
	};
}

/** Returns a row for a name that several records have and none is wanted with. */
export const ambiguousAction = (kind: Kind, key: string, count: number): ConfigurationAction => ({
	...base(kind, key),
	action: 'extra',
	isSkipped: true,
	reason: `Is not in the input, and is kept: ${count} records have this name`,
	columns: { kind: kind.name },
});

/** Returns a row for each entry that a record has beyond the wanted ones, where entries are never removed. @param isDeleted - whether a record that an entry names is deleted, and the entry with it */
export const extraEntries = (
	{ kind, value, item }: WantedRecord,
	stored: StoredRecord | undefined,
	isDeleted: (kind: KindName, key: string) => boolean,
): ConfigurationAction[] =>
	kind.fields.flatMap((field) => {
		const { name, refersTo, onlyGrows } = field;
		if (!onlyGrows || !stored || value[name] === undefined) return [];
		return missingEntries(field, stored.value, value)
			.filter((entry) => !refersTo || !isDeleted(refersTo, entry))
			.map((entry): ConfigurationAction => ({
				...extraAction(kind, stored, `${entry} is not among its ${name} in the input, and is kept`),
				item,
				columns: { kind: kind.name, before: { [name]: [entry] } },
			}));
	});
