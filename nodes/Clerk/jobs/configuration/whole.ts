import type { Exported } from './model';

/** Whether the input has all records of a kind that the source has: only then is one that it lacks extra. Pure. */

const MAX_NAMED = 3;

/** Returns which records the input lacks; undefined if it lacks none, or it is not known. */
export function describeLost(
	exported: Exported | undefined,
	wantedCount: number,
): string | undefined {
	if (!exported) return undefined;
	const { count, lost } = exported;
	if (!lost) {
		return wantedCount < count
			? `the input has ${wantedCount} of the ${count} that were exported`
			: undefined;
	}
	if (lost.length === 0) return undefined;
	const rest = lost.length - MAX_NAMED;
	const named = lost.slice(0, MAX_NAMED).join(', ');
	return `the source has ${rest > 0 ? `${named} and ${rest} more` : named}, and the input has no such row`;
}

/** Returns why it is not known whether the input lacks a record; undefined if it is known. */
export function reasonNotWhole(exported: Exported | undefined): string | undefined {
	if (!exported) return "without the export's first row it is not known whether the input is whole";
	if (exported.lost) return undefined;
	return 'the export does not list the keys of its records: export them again';
}
