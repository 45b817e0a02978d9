import type { Member, SyncAction } from './model';

/** Addresses that differ by one edit, as a typo does: a letter too many, missing, wrong, or two swapped. */

/** Whether at most one edit lies between two texts (the distance of Damerau and Levenshtein). Exported for the tests. */
export function isOneEditAway(a: string, b: string): boolean {
	const [short, long] = a.length <= b.length ? [a, b] : [b, a];
	let at = 0;
	while (at < short.length && short[at] === long[at]) at++;
	const rest = (text: string, from: number) => text.slice(from);
	if (long.length > short.length) return rest(long, at + 1) === rest(short, at);
	const isSwapped = short[at] === long[at + 1] && short[at + 1] === long[at];
	return (
		rest(long, at + 1) === rest(short, at + 1) ||
		(isSwapped && rest(long, at + 2) === rest(short, at + 2))
	);
}

/**
 * Finds texts that are at most one edit away. Two such texts have a text in common when a character is
 * left out of each, so not every pair has to be compared.
 */
export class TypoIndex {
	private readonly byShortened = new Map<string, string[]>();

	constructor(texts: string[]) {
		for (const text of new Set(texts)) {
			for (const key of shortened(text)) {
				const known = this.byShortened.get(key);
				if (known) known.push(text);
				else this.byShortened.set(key, [text]);
			}
		}
	}

	/** Returns the texts that are at most one edit away, each once. */
	near(text: string): string[] {
		const candidates = [...shortened(text)].flatMap((key) => this.byShortened.get(key) ?? []);
		return [...new Set(candidates)].filter((one) => isOneEditAway(one, text));
	}
}

/** Returns the text, and each text with one character less. */
const shortened = (text: string): Set<string> =>
	new Set([
		text,
		...Array.from({ length: text.length }, (_, at) => text.slice(0, at) + text.slice(at + 1)),
	]);

/**
 * Names, in the row of an invitation, the members to remove whose address is nearly the invited one: a
 * typo would remove the member and invite a stranger.
 */
export function nameTypos(actions: SyncAction[], members: Member[]): SyncAction[] {
	const isDue = ({ isSkipped }: SyncAction) => !isSkipped;
	const removed = new Set(
		actions.filter((one) => one.action === 'remove' && isDue(one)).map(({ target }) => target),
	);
	const addresses = members
		.filter(({ userId }) => removed.has(userId))
		.flatMap(({ identifier }) => (identifier?.includes('@') ? [identifier] : []));
	if (addresses.length === 0) return actions;
	const index = new TypoIndex(addresses);
	return actions.map((action) => {
		const isInvitation = action.action === 'invite' || action.action === 'reinvite';
		const near = isInvitation && isDue(action) ? index.near(action.target) : [];
		if (near.length === 0) return action;
		const similarTo = near.join(', ');
		return {
			...action,
			reason: `${action.reason}. ${resemblance(similarTo)}`,
			columns: { ...action.columns, similarTo },
		};
	});
}

const resemblance = (addresses: string): string =>
	`The address is almost that of ${addresses}, a member to remove: check for a typo`;

/** As many invitations get a hint. */
const MAX_HINTS = 10;

/** Returns a hint for each invitation that `nameTypos` found. */
export const typoHints = (actions: SyncAction[]): string[] =>
	actions
		.filter(({ columns }) => columns?.similarTo !== undefined)
		.slice(0, MAX_HINTS)
		.map(({ target, columns }) => `${target}: ${resemblance(String(columns!.similarTo))}.`);
