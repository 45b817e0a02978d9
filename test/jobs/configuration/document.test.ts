import { operations, records } from '../../../spec/digest.json';
import { snakeCase } from '../../../nodes/Clerk/engine/operation';
import type { ApiRequest, ClerkRecord } from '../../../nodes/Clerk/engine/operation';
import { KINDS } from '../../../nodes/Clerk/jobs/configuration/kinds';
import type {
	ConfigurationField,
	Kind,
	KindName,
	StoredRecord,
} from '../../../nodes/Clerk/jobs/configuration/model';
import { toBody, toExportValue } from '../../../nodes/Clerk/jobs/configuration/values';

/** The kinds of records against Clerk's document: only what the API reads and writes, and all of that. */

type Property = { type?: string; items?: string; required?: boolean };
type Documented = { body?: Record<string, Property>; response?: string };

const routes = Object.entries(operations as Record<string, Documented>);

const documented = ({ method, path }: Pick<ApiRequest, 'method' | 'path'>): Documented => {
	const [, operation] =
		routes.find(([route]) => {
			const pattern = route.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]+');
			return new RegExp(`^${pattern}$`).test(`${method} ${path}`);
		}) ?? [];
	if (!operation) throw new Error(`The document has no ${method} ${path}`);
	return operation;
};

const SAMPLES: Record<ConfigurationField['type'], unknown> = {
	text: 'initial',
	flag: true,
	number: 60,
	set: ['a'],
	words: 'a b',
	object: { a: 1 },
};

const valueFor = ({ fields }: Kind) =>
	Object.fromEntries(fields.map(({ name, type }) => [name, SAMPLES[type]]));

const ids = { of: (kind: KindName, key: string) => `${kind}_${key}` };

const storedFor = (kind: Kind): StoredRecord => ({
	id: 'id_1',
	key: 'key',
	value: {},
	record: { ids: ['id_1', 'id_2'] },
	...(kind.name === 'roleSet' && { value: { roles: [] } }),
});

const writesOf = (kind: Kind): ApiRequest[] => {
	const value = valueFor(kind);
	const body = toBody(kind.fields, value, ids);
	const record = { key: 'key', value, body };
	const changed = { ...record, stored: storedFor(kind), wholeBody: () => body };
	return [
		...(kind.create?.(record, ids) ?? []),
		...(kind.change?.(changed, ids) ?? []),
		...(kind.remove ? [kind.remove(storedFor(kind), ids)] : []),
	];
};

const TYPES: Record<string, string> = { integer: 'number', number: 'number' };

const typeOf = (value: unknown) => (Array.isArray(value) ? 'array' : typeof value);

/** Fields that the API reads and writes, and that are left out, each with the reason. */
const LEFT_OUT: Partial<Record<KindName, Record<string, string>>> = {
	organizationPermission: { key: 'the key' },
	organizationRole: { key: 'the key' },
	roleSet: { key: 'the key' },
	jwtTemplate: { name: 'the key', signing_algorithm: 'of a signing key that Clerk does not show' },
	oauthApplication: { name: 'the key', callback_url: 'deprecated: redirect_uris' },
	machine: { name: 'the key' },
};

describe.each(KINDS)('$name', (kind) => {
	it('is read and written by requests that the document has', () => {
		const { response } = documented({ method: 'GET', path: kind.path });
		expect(Object.keys(records)).toContain(response);
		for (const request of writesOf(kind)) {
			const { body = {} } = documented(request);
			for (const [name, value] of Object.entries(request.body ?? {})) {
				const { type } = body[name] ?? {};
				expect([request.path, name, TYPES[String(type)] ?? type]).toEqual([
					request.path,
					name,
					typeOf(value),
				]);
			}
			const required = Object.keys(body).filter((name) => body[name].required);
			expect(Object.keys(request.body ?? {})).toEqual(expect.arrayContaining(required));
		}
	});

	it('has all fields that can be read and written', () => {
		const { response } = documented({ method: 'GET', path: kind.path });
		const record = (records as Record<string, object>)[String(response)];
		if (kind.name === 'machineScope') {
			expect(Object.keys(record)).toContain('scoped_machines');
			return;
		}
		const updates = (kind.change ? writesOf(kind) : []).filter(({ method }) => method === 'PATCH');
		const writable = updates.flatMap((request) => Object.keys(documented(request).body ?? {}));
		const both = writable.filter((name) => name in record);
		const own = kind.fields.map(({ name }) => snakeCase(name));
		const leftOut = Object.keys(LEFT_OUT[kind.name] ?? {});
		expect([...new Set(both)].filter((name) => !own.includes(name)).sort()).toEqual(leftOut.sort());
		for (const { name, read } of kind.fields) {
			if (!read) expect(Object.keys(record)).toContain(snakeCase(name));
		}
	});
});

it('shows no enrollment mode that cannot be set', () => {
	const kind = KINDS.find(({ name }) => name === 'organizationSettings')!;
	const record: ClerkRecord = {
		domains_enrollment_modes: ['manual_invitation', 'automatic_suggestion'],
	};
	expect(toExportValue(kind, record)).toEqual({ domainsEnrollmentModes: ['automatic_suggestion'] });
});
