import type { ApiRequest, ClerkRecord } from '../../engine/operation';
import { LookupError } from '../../engine/run/resolve';
import { matchLabel } from '../../fields/matchBy';
import { usersPaging } from '../../fields/paging';
import { contactKindOf, findEntry, isVerified, WIRE_NAMES } from './identifiers';
import type { UpsertMatchBy } from './identifiers';

const NOUNS: Record<UpsertMatchBy, string> = {
	emailAddress: 'email address',
	externalId: 'external ID',
	phoneNumber: 'phone number',
	username: 'username',
};

/** Returns the request that lists the users with any of the values. @param values - normalized */
export const userSearchRequest = (by: UpsertMatchBy, values: string[]): ApiRequest => ({
	method: 'GET',
	path: '/users',
	query: {
		// With a plus sign, so that an external ID that begins with a minus sign does not exclude its user.
		[WIRE_NAMES[by]]: by === 'externalId' ? values.map((value) => `+${value}`) : values,
		limit: usersPaging.pageSize,
	},
});

/**
 * Returns the user with a value; undefined if there is none. An unverified address or number counts only
 * with `matchUnverified`, because anyone can enter one.
 *
 * @param users - the response of the search, which may have others
 * @param value - normalized
 * @throws LookUpError for several users, and for an unverified address that Clerk reserves for its user:
 * another one cannot be created with it
 */
export function chooseUser(
	users: ClerkRecord[],
	by: UpsertMatchBy,
	value: string,
	matchUnverified: boolean,
): ClerkRecord | undefined {
	const kind = contactKindOf(by);
	const named = `the ${NOUNS[by]} "${value}"`;
	const owners = users.filter((user) => {
		if (kind) return findEntry(user, kind, value) !== undefined;
		const own = user[WIRE_NAMES[by]];
		return by === 'username' ? String(own).toLowerCase() === value : own === value;
	});
	const counts = (user: ClerkRecord) =>
		!kind || matchUnverified || isVerified(findEntry(user, kind, value)!);
	const matching = owners.filter(counts);
	if (matching.length > 1) {
		const ids = matching.map(({ id }) => String(id)).join(', ');
		throw new LookupError(
			matchLabel(by),
			`is not clear: ${matching.length} users have ${named}: ${ids}`,
			false,
		);
	}
	const reserving = kind && owners.find((user) => findEntry(user, kind, value)!.reserved === true);
	if (matching.length === 0 && reserving) {
		throw new LookupError(
			matchLabel(by),
			`is reserved: ${String(reserving.id)} has ${named}, but it is not verified. Turn on 'Match Unverified' to take that user`,
			false,
		);
	}
	return matching[0];
}
