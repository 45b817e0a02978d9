import type { IDataObject } from 'n8n-workflow';

import { describeValue } from '../../engine/input/describe';
import { LookupError } from '../../engine/run/resolve';
import type { Criteria, Search, SoughtValue } from './match';
import type { Found, Target } from './read';

/** What was found → the output of each item, or why it has none. */

/** What to do with values that no record has, and with those that several have. */
export interface Handling {
	ifNone: 'fail' | 'empty';
	ifSeveral: 'fail' | 'all';
	/** The most records for one item. */
	limit: number;
}

/** The output of all items, as `OperationResult` has it. */
export interface FindResult {
	records: IDataObject[];
	itemIndexes: number[];
	isTruncated: boolean;
	hints: string[];
	errors: Map<number, LookupError>;
}

/** As many records are named in a message. */
const MAX_NAMED = 20;

/** Returns the output, in the order of the items. */
export function toResult(
	search: Search,
	found: Found[],
	criteria: Criteria,
	{ ifNone, ifSeveral, limit }: Handling,
	target: Target,
): FindResult {
	const byWanted = new Map(search.wanted.map((wanted): [SoughtValue, Found[]] => [wanted, []]));
	for (const one of found) for (const wanted of one.matches.keys()) byWanted.get(wanted)!.push(one);
	const result: FindResult = {
		records: [],
		itemIndexes: [],
		isTruncated: false,
		hints: hintsOn(found),
		errors: new Map(),
	};
	const outputs = [...byWanted].flatMap(([wanted, own]) =>
		wanted.items.map((item) => ({ item, wanted, own })),
	);
	for (const { item, wanted, own } of outputs.sort((a, b) => a.item - b.item)) {
		const isEmpty = own.length === 0;
		if (isEmpty && ifNone === 'fail') {
			result.errors.set(item, noneError(wanted, search, criteria, target));
		} else if (own.length > 1 && ifSeveral === 'fail') {
			result.errors.set(item, severalError(wanted, own, criteria, target));
		} else {
			const rows = isEmpty ? [{}] : own.slice(0, limit).map(({ row }) => ({ ...row }));
			result.isTruncated ||= own.length > limit;
			result.records.push(...rows);
			result.itemIndexes.push(...rows.map(() => item));
		}
	}
	return result;
}

function hintsOn(found: Found[]): string[] {
	const unsafe = found.filter(({ matches }) => [...matches.values()].includes('unsafe')).length;
	if (unsafe === 0) return [];
	return [
		`Found only by unsafe metadata: ${unsafe}. Users can edit it themselves, so do not trust it.`,
	];
}

function noneError(
	wanted: SoughtValue,
	{ hasKey }: Search,
	criteria: Criteria,
	{ noun }: Target,
): LookupError {
	const { kinds, path } = criteria;
	const where = `in its ${[...kinds].sort().join(' or ')} metadata`;
	if (!hasKey || wanted.value === undefined) {
		const prefix = /^(public|private|unsafe)_?metadata$/i.test(path[0])
			? `. Leave out "${path[0]}": Kinds of Metadata says where to look`
			: '';
		const reason = `"${path.join('.')}" was not found: no ${noun} has it ${where}${prefix}`;
		return new LookupError('Key', reason, true);
	}
	const reason = `${describeValue(wanted.value)} was not found: no ${noun} has it at "${path.join('.')}" ${where}`;
	return new LookupError('Value', `${reason}${nearHint(wanted, criteria)}`, true);
}

function nearHint({ near }: SoughtValue, { match }: Criteria): string {
	if (near === 'type') return '. One has the same text, but of another type: add Loose to find it';
	if (near !== 'shape') return '';
	return match === 'equals'
		? '. One has it in a list: set Match to List Contains'
		: '. One has it as a single value, not in a list: set Match to Equals';
}

function severalError(
	{ value }: SoughtValue,
	own: Found[],
	{ path }: Criteria,
	{ noun }: Target,
): LookupError {
	const [label, named] =
		value === undefined ? ['Key', `"${path.join('.')}"`] : ['Value', describeValue(value)];
	const more = own.length > MAX_NAMED ? ` and ${own.length - MAX_NAMED} more` : '';
	const names = own.slice(0, MAX_NAMED).map((one) => one.label);
	return new LookupError(
		label,
		`${named} matches ${own.length} ${noun}s: ${names.join('; ')}${more}. Correct their metadata, or set If Several to Return All`,
		false,
	);
}
