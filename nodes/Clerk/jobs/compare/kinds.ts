import type { ApiRequest, ClerkRecord, Paging, ValueKind, View } from '../../engine/operation';
import { chunks, isObject } from '../../engine/operation/values';
import { fillPath } from '../../engine/request/buildRequest';
import { MAX_FILTER_VALUES } from '../../engine/request/longLists';
import { ORGANIZATION_ID, USER_ID } from '../../fields/ids';
import { newestFirst } from '../../fields/organizationMembership';
import { orderedPaging, usersPaging } from '../../fields/paging';
import { organization as organizationView } from '../../views/organization';
import { organizationMembership as membershipView } from '../../views/organizationMembership';
import { user as userView } from '../../views/user';

/** The kinds of records that a list can be compared with, as data. */

type Query = NonNullable<ApiRequest['query']>;

/** One of the IDs that identify a record. */
export interface IdPart {
	/** Its column in the report. */
	column: string;
	/** The field of the form that names the field of the list, and its label. */
	parameter: string;
	label: string;
	kind: ValueKind;
	/** How all IDs of this kind begin. */
	prefix: string;
	of(record: ClerkRecord): unknown;
}

export interface ComparedKind {
	/** As a sentence names several of them. */
	plural: string;
	view: View;
	paging: Paging;
	ids: IdPart[];
	/** Fields of the view that Clerk sends only if a query asks for them. */
	onRequest?: Record<string, Query>;
	/** Fields of the view that no query asks for, and that Clerk need not send. */
	notAlwaysSent?: string[];
	/** Returns the request for all records. @param query - the filters of the form */
	list(query: Query): ApiRequest;
	/** Returns the requests that look for records by their IDs, with the same filters. */
	find(ids: string[][], query: Query): ApiRequest[];
	/** Whether `find` reads the lists of single organizations, which may have been deleted. */
	findsInOrganizations?: boolean;
}

/** Returns the two requests of a list that has a filter on the ID of its records. */
const listOf = (path: string, filter: string): Pick<ComparedKind, 'list' | 'find'> => ({
	list: (query) => ({ method: 'GET', path, query }),
	find: (ids, query) =>
		chunks(
			ids.flat().filter((id) => isSelected(id, query[filter])),
			MAX_FILTER_VALUES,
		).map((chunk) => ({
			method: 'GET',
			path,
			query: { ...query, [filter]: chunk, limit: MAX_FILTER_VALUES },
		})),
});

/** Whether a filter of the form, which the one to find records replaces, leaves an ID in. */
function isSelected(id: string, filter: Query[string] | undefined): boolean {
	if (!Array.isArray(filter)) return true;
	const included = filter.filter((value) => !value.startsWith('-'));
	const isIn = included.length === 0 || included.some((value) => value.replace(/^\+/, '') === id);
	return isIn && !filter.includes(`-${id}`);
}

const idOf = (kind: ValueKind, prefix: string, column: string): IdPart => ({
	prefix,
	column,
	parameter: 'idField',
	label: 'ID Field',
	kind,
	of: ({ id }) => id,
});

const innerId = (part: string, name: string) => (membership: ClerkRecord) => {
	const { [part]: inner } = membership;
	return isObject(inner) ? inner[name] : undefined;
};

export const USERS: ComparedKind = {
	plural: 'users',
	view: userView,
	paging: usersPaging,
	ids: [idOf(USER_ID, 'user_', 'userId')],
	...listOf('/users', 'user_id'),
};

export const ORGANIZATIONS: ComparedKind = {
	plural: 'organizations',
	view: organizationView,
	paging: orderedPaging,
	ids: [idOf(ORGANIZATION_ID, 'org_', 'organizationId')],
	onRequest: { membersCount: { include_members_count: true } },
	notAlwaysSent: ['pendingInvitationsCount'],
	...listOf('/organizations', 'organization_id'),
};

export const MEMBERSHIPS: ComparedKind = {
	plural: 'memberships',
	view: membershipView,
	paging: orderedPaging,
	ids: [
		{
			column: 'organizationId',
			parameter: 'organizationIdField',
			label: 'Organization ID Field',
			kind: ORGANIZATION_ID,
			prefix: 'org_',
			of: innerId('organization', 'id'),
		},
		{
			column: 'userId',
			parameter: 'userIdField',
			label: 'User ID Field',
			kind: USER_ID,
			prefix: 'user_',
			of: innerId('public_user_data', 'user_id'),
		},
	],
	list: (query) => ({
		method: 'GET',
		path: '/organization_memberships',
		query: { ...query, ...newestFirst },
	}),
	findsInOrganizations: true,
	// The list of the instance has no filter on users, that of an organization has.
	find(ids, query) {
		const usersOf = new Map<string, string[]>();
		for (const [id, userId] of ids) {
			const users = usersOf.get(id);
			if (users) users.push(userId);
			else usersOf.set(id, [userId]);
		}
		return [...usersOf].flatMap(([id, users]) =>
			chunks(users, MAX_FILTER_VALUES).map((chunk): ApiRequest => ({
				method: 'GET',
				path: fillPath('/organizations/{id}/memberships', { id }),
				query: { ...query, ...newestFirst, user_id: chunk, limit: MAX_FILTER_VALUES },
			})),
		);
	},
};
