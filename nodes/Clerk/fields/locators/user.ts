import { normalizeListResponse } from '../../engine/http/pagination';
import type { ClerkRecord, Finder, Locator, QueryValue } from '../../engine/operation';
import { byId, textMode } from './modes';

const PAGE = 50;

/** Prefix of a filter value that includes its users; without it, an external ID that starts with "-" would exclude its user. */
const INCLUDE = '+';

/** Only a verified address identifies a user: anyone can add an unverified one to an account. */
const hasVerifiedEmail = (user: ClerkRecord, address: string): boolean =>
	entriesOf(user, 'email_addresses').some(
		(entry) =>
			String(entry.email_address).toLowerCase() === address &&
			(entry.verification as ClerkRecord | null)?.status === 'verified',
	);

const entriesOf = (user: ClerkRecord, list: string): ClerkRecord[] =>
	(user[list] ?? []) as ClerkRecord[];

const finder = (
	mode: Finder['mode'],
	kind: Finder['kind'],
	filter: string,
	criterion: string,
	matches: Finder['matches'],
	prefix = '',
): Finder => ({
	mode,
	kind,
	batch: 100,
	criterion,
	matches,
	request: (values) => ({
		method: 'GET',
		path: '/users',
		query: { [filter]: values.map((value) => prefix + value), limit: 500 },
	}),
});

export const user: Locator = {
	noun: 'user',
	displayName: 'User',
	description: 'The user, from the list or by ID, email address, username or external ID',
	parameter: 'userId',
	...byId('user_2NNEqL2nrIRd…'),
	record: { path: '/users/{id}', label: (record) => labelOf(record) },
	search: {
		method: 'searchUsers',
		title: 'users',
		async run({ filter, page, send }) {
			const find = async (query: Record<string, QueryValue>) =>
				normalizeListResponse(
					await send({ method: 'GET', path: '/users', query: { ...query, limit: PAGE } }),
				).rows;

			const found = await find({
				...(filter && { query: filter }),
				...(page && { starting_after: page }),
			});
			// Clerk's search covers names, email addresses, phone numbers and IDs, but not external IDs.
			const byExternalId = filter && !page ? await find({ external_id: INCLUDE + filter }) : [];
			const known = new Set(found.map(({ id }) => id));
			const users = [...byExternalId.filter(({ id }) => !known.has(id)), ...found];
			return {
				results: users.map((record) => ({ name: labelOf(record), value: String(record.id) })),
				paginationToken: found.length === PAGE ? String(found[PAGE - 1].id) : undefined,
			};
		},
	},
	finders: [
		{
			...finder(
				textMode('emailAddress', 'By Email', 'e.g. ada@example.com'),
				'emailAddress',
				'email_address',
				'verified email address',
				hasVerifiedEmail,
			),
			recognizes: (value) => value.includes('@'),
		},
		finder(
			textMode('username', 'By Username', 'e.g. ada'),
			'username',
			'username',
			'username',
			(record, value) => String(record.username).toLowerCase() === value,
		),
		finder(
			textMode('externalId', 'By Ext. ID', 'e.g. 4711'),
			'externalId',
			'external_id',
			'external ID',
			(record, value) => record.external_id === value,
			INCLUDE,
		),
	],
};

/** Returns a label such as "Ada Lovelace (ada@example.com)". */
function labelOf(record: ClerkRecord): string {
	const name = [record.first_name, record.last_name].filter(Boolean).join(' ');
	const addresses = entriesOf(record, 'email_addresses');
	const primary =
		addresses.find(({ id }) => id === record.primary_email_address_id) ?? addresses[0];
	const [phone] = entriesOf(record, 'phone_numbers');
	const contact = primary?.email_address ?? record.username ?? phone?.phone_number ?? record.id;
	return name ? `${name} (${String(contact)})` : String(contact);
}
