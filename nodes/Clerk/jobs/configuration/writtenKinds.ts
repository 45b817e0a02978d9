import type { IDataObject } from 'n8n-workflow';

import type { ApiRequest, ClerkRecord } from '../../engine/operation';
import { isObject } from '../../engine/operation/values';
import { fillPath } from '../../engine/request/buildRequest';
import { orderedPaging, paginatedPaging } from '../../fields/paging';
import type { ConfigurationField, Kind } from './model';

/** Kinds of records that are not written by one request with the fields that differ. */

const keyOfItem = (name: string) => (record: ClerkRecord) =>
	isObject(record[name]) ? record[name].key : undefined;

const roleField = (name: string, read: ConfigurationField['read'], wire: string) =>
	({ name, type: 'text', read, wire, refersTo: 'organizationRole', required: true }) as const;

/** The most roles in one request: https://clerk.com/docs/reference/backend-api */
const MAX_ROLES = 10;

const pathOfSet = (key: string, rest = '') => fillPath(`/role_sets/{key}${rest}`, { key });

/** A role that leaves a set moves its members to another, so roles are only added. */
export const ROLE_SET: Kind = {
	name: 'roleSet',
	label: 'Role Sets',
	noun: 'role set',
	path: '/role_sets',
	paging: orderedPaging,
	recordKey: ({ key }) => String(key),
	fields: [
		{ name: 'name', type: 'text', required: true },
		{ name: 'description', type: 'text' },
		{
			name: 'roles',
			type: 'set',
			read: ({ roles }) =>
				Array.isArray(roles) ? roles.map((role) => (role as ClerkRecord | null)?.key) : undefined,
			refersTo: 'organizationRole',
			onlyGrows: true,
			required: true,
		},
		roleField('defaultRole', keyOfItem('default_role'), 'default_role_key'),
		roleField('creatorRole', keyOfItem('creator_role'), 'creator_role_key'),
		// The one initial set becomes a custom one when another takes its place.
		{ name: 'type', type: 'text', onlySettable: 'initial' },
	],
	create({ key, body: { type, ...body } }) {
		const create: ApiRequest = { method: 'POST', path: '/role_sets', body: { ...body, key } };
		// Only an update says that it makes the present initial set a custom one.
		const path = pathOfSet(key);
		return type === 'initial' ? [create, { method: 'PATCH', path, body: { type } }] : [create];
	},
	change({ body: { roles, ...body }, stored, value }) {
		const requests: ApiRequest[] = [];
		const stays = new Set(stored.value.roles as string[]);
		const added = ((roles === undefined ? [] : value.roles) as string[]).filter(
			(role) => !stays.has(role),
		);
		const path = pathOfSet(stored.id, '/roles');
		for (let start = 0; start < added.length; start += MAX_ROLES) {
			const keys = added.slice(start, start + MAX_ROLES);
			requests.push({ method: 'POST', path, body: { role_keys: keys } });
		}
		if (Object.keys(body).length > 0) {
			requests.push({ method: 'PATCH', path: pathOfSet(stored.id), body });
		}
		return requests;
	},
};

const OWN_KEY =
	'Signs with a key of its own, which Clerk does not show: change it by hand, in both instances';

export const JWT_TEMPLATE: Kind = {
	name: 'jwtTemplate',
	label: 'JWT Templates',
	noun: 'JWT template',
	path: '/jwt_templates',
	paging: paginatedPaging,
	recordKey: ({ name }) => String(name),
	fields: [
		{ name: 'claims', type: 'object', required: true },
		{ name: 'lifetime', type: 'number' },
		{ name: 'allowedClockSkew', type: 'number' },
		{ name: 'customSigningKey', type: 'flag' },
	],
	reasonNotToWrite: (wanted, stored) =>
		wanted.customSigningKey === true || stored?.customSigningKey === true ? OWN_KEY : undefined,
	create: ({ key, body }) => [
		{ method: 'POST', path: '/jwt_templates', body: { ...body, name: key } },
	],
	// An update needs the name and the claims, even if neither changes.
	change: ({ key, stored: { id }, wholeBody }) => [
		{
			method: 'PATCH',
			path: fillPath('/jwt_templates/{id}', { id }),
			body: { ...wholeBody(), name: key },
		},
	],
	remove: ({ id }) => ({ method: 'DELETE', path: fillPath('/jwt_templates/{id}', { id }) }),
};

const scopeKey = (from: unknown, to: unknown) => `${String(from)} → ${String(to)}`;

/** A record of its own for each machine that another may call, as both must be there first. */
export const MACHINE_SCOPE: Kind = {
	name: 'machineScope',
	label: 'Machine Scopes',
	noun: 'machine scope',
	path: '/machines',
	paging: orderedPaging,
	recordsIn: ({ id, name, scoped_machines: scoped }) =>
		(Array.isArray(scoped) ? (scoped as ClerkRecord[]) : []).map((other) => ({
			id: `${String(id)} ${String(other.id)}`,
			machine: name,
			scoped_machine: other.name,
			ids: [id, other.id],
		})),
	recordKey: ({ machine, scoped_machine: scoped }) => scopeKey(machine, scoped),
	keyIn: ({ machine, scopedMachine }) => scopeKey(machine, scopedMachine),
	fields: [
		{ name: 'machine', type: 'text', refersTo: 'machine', required: true },
		{ name: 'scopedMachine', type: 'text', refersTo: 'machine', required: true },
	],
	create: ({ value }, ids) => {
		const idOf = (name: string) => ids.of('machine', String(value[name]));
		const path = fillPath('/machines/{id}/scopes', { id: idOf('machine') });
		const body: IDataObject = { to_machine_id: idOf('scopedMachine') };
		return [{ method: 'POST', path, body }];
	},
	remove: ({ record: { ids } }) => {
		const [from, to] = ids as string[];
		return { method: 'DELETE', path: fillPath('/machines/{from}/scopes/{to}', { from, to }) };
	},
};
