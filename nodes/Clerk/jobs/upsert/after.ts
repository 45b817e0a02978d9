import type { ClerkRecord } from '../../engine/operation';
import { mergeMetadata } from '../shared/metadata';
import { CONTACT_KINDS, contactKindOf, findEntry, WIRE_NAMES } from './identifiers';
import type { ContactKind } from './identifiers';
import { contactsOf } from './plan';
import type { WantedUser } from './plan';

/** Of a user who is created: Clerk will give the ID. */
export const NEW_ID = 'new';

/**
 * Returns the user as a plan leaves it, so that a later item for the same user is planned on top of it.
 *
 * @param user - undefined for one that is created, who then has the ID `NEW_ID`
 */
export function userAfter(wanted: WantedUser, user?: ClerkRecord): ClerkRecord {
	const { matchBy, value, attributes, metadata, isReplaced } = wanted;
	const changed: Record<string, unknown> = {
		id: NEW_ID,
		...user,
		...(!contactKindOf(matchBy) && { [WIRE_NAMES[matchBy]]: value }),
		...attributes,
	};
	for (const [kind, given] of Object.entries(metadata)) {
		const stored = (user?.[kind] ?? {}) as ClerkRecord;
		changed[kind] = isReplaced ? given : mergeMetadata(stored, given);
	}
	for (const kind of CONTACT_KINDS) Object.assign(changed, contactsAfter(kind, wanted, user));
	return changed;
}

/** Those of a user who is created are verified. */
function contactsAfter(
	kind: ContactKind,
	wanted: WantedUser,
	user: ClerkRecord = {},
): Partial<ClerkRecord> {
	const isCreated = user.id === undefined;
	const values = contactsOf(kind, wanted);
	const added = values
		.filter((value) => !findEntry(user, kind, value))
		.map((value) => ({
			id: value,
			[kind.name]: value,
			verification: wanted.isVerified || isCreated ? { status: 'verified' } : null,
		}));
	const entries = [...((user[kind.list] ?? []) as ClerkRecord[]), ...added];
	const first = entries.find((entry) => String(entry[kind.name]).toLowerCase() === values[0]);
	const isMadePrimary = first && (wanted.isPrimary || isCreated);
	return {
		[kind.list]: entries,
		...(isMadePrimary && { [kind.primary]: first.id }),
	};
}
