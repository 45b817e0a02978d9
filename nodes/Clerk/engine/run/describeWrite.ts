import { isNotFound, isUnavailable } from '../http/outcome';
import { Reference } from '../input/reference';
import { wireName } from '../operation';
import type { ClerkRecord, Field, Locator, Mapping } from '../operation';
import { isObject } from '../operation/values';
import { fillPath } from '../request/buildRequest';

/** Describes a write in a sentence, for the output of its dry run. */

/** The parts of an operation that the sentence needs; without an action, it has no words of its own. */
export type Described = Partial<Pick<Mapping, 'action' | 'path' | 'body'>>;

/** Reads a record; the same one only once. */
type Read = (path: string) => Promise<unknown>;

/**
 * Returns `Would ban Ada Berg (ada@example.com) and end 2 active sessions`; undefined for an operation
 * without an action. Names the records that the form points at, as far as they can be read by their ID.
 *
 * @param ids - by the names on the wire
 * @param wouldDestroy - by the plural of the records, as in `activeSessions`
 * @throws RequestError, CancelledError
 */
export async function describeWrite(
	{ action, path = [], body = [] }: Described,
	ids: Record<string, unknown>,
	wouldDestroy: Record<string, unknown>,
	read: Read,
): Promise<string | undefined> {
	if (action === undefined) return undefined;
	let sentence = `Would ${action.charAt(0).toLowerCase()}${action.slice(1)}`;
	const further: string[] = [];
	for (const { locator, ...field } of [...path, ...body]) {
		const id = idIn(ids, field);
		if (!locator?.record || id === undefined) continue;
		const label = await readLabel(locator.record, id, read);
		// At the end of a phrase: not the organization of "organization domain".
		const noun = new RegExp(`(many )?\\b${locator.noun}s?\\b(?=$| (?:from|to|as|in)\\b)`);
		if (noun.test(sentence)) sentence = sentence.replace(noun, () => label);
		else further.push(label);
	}
	const about = further.length > 0 ? `: ${further.join(', ')}` : '';
	const others = Object.entries(wouldDestroy).filter(([name]) => !isOwn(name, action));
	return `${sentence}${about}${describeDestroyed(Object.fromEntries(others))}`;
}

/** Whether a count is about the record itself: `revokedInvitations` of `Delete invitation`. */
const isOwn = (name: string, action: string): boolean =>
	toSingular(toWords(name)).split(' ').pop() === action.split(' ').pop();

function idIn(ids: Record<string, unknown>, field: Field): string | undefined {
	const value = ids[wireName(field)];
	const id = value instanceof Reference ? value.id : value;
	return typeof id === 'string' && id !== '' ? id : undefined;
}

/** Returns the ID if there is no such record, or the key may not read it. */
async function readLabel(
	{ path, label }: NonNullable<Locator['record']>,
	id: string,
	read: Read,
): Promise<string> {
	try {
		const record = await read(fillPath(path, { id }));
		return (isObject(record) && label(record as ClerkRecord)) || id;
	} catch (error) {
		if (isNotFound(error) || isUnavailable(error)) return id;
		throw error as Error;
	}
}

/** `{ activeSessions: 2 }` → ` and end 2 active sessions`; what there is none of goes without saying. */
function describeDestroyed(wouldDestroy: Record<string, unknown>): string {
	const counted = Object.entries(wouldDestroy).flatMap(([name, value]): Array<[string, number]> => {
		if (typeof value === 'number') return [[name, value]];
		return isObject(value)
			? [[`keysOf${name.charAt(0).toUpperCase()}${name.slice(1)}`, Object.keys(value).length]]
			: [];
	});
	const some = counted.filter(([, count]) => count > 0);
	const ended = some.filter(([name]) => name.startsWith('active'));
	const destroyed = some.filter(([name]) => !name.startsWith('active'));
	return [
		ended.length > 0 ? ` and end ${ended.map(describeCount).join(', ')}` : '',
		destroyed.length > 0 ? `, and with it ${destroyed.map(describeCount).join(', ')}` : '',
	].join('');
}

/** `['organizationMemberships', 1]` → `1 organization membership` */
function describeCount([name, count]: [string, number]): string {
	const words = toWords(name);
	if (count !== 1) return `${count} ${words}`;
	const [first, ...rest] = words.split(' of ');
	return `${count} ${[toSingular(first), ...rest].join(' of ')}`;
}

const toWords = (name: string): string =>
	name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const toSingular = (words: string): string =>
	words
		.replace(/ies$/, 'y')
		.replace(/sses$/, 'ss')
		.replace(/([^s])s$/, '$1');
