import {
	HIDDEN_DELETES,
	SECRET_READS,
	VERIFICATIONS,
	refusal,
} from '../../credentials/accessPolicy';
import {
	READS,
	WRITES,
	documented,
	notes,
	readsText,
	routesOf,
	writesText,
} from '../../scripts/lib/accessPolicy';
import { api } from '../../scripts/lib/clerkApi';

/** Every endpoint of Clerk's document is decided: what looks like a secret or a delete is refused, or has a reason. */

const SECRET =
	/secret|token|password|backup_code|api_key|saml_response|^url$|ticket|signing_key|certificate|otp|digest/;

/** An address, and not what it is named after. */
const ADDRESS = /._url$/;

interface Field {
	type?: string;
	record?: string;
}

/** Texts with such a name in a response, however deep; numbers and booleans cannot be secrets. */
function secretsIn(record: string, seen: string[] = []): string[] {
	if (seen.includes(record)) return [];
	return Object.entries((api.records[record] ?? {}) as Record<string, Field>).flatMap(
		([name, { type = '', record: inner }]) => {
			const found = inner ? secretsIn(inner, [...seen, record]) : [];
			const isSecret = SECRET.test(name) && !ADDRESS.test(name);
			return isSecret && ['string', 'array', 'any'].includes(type) ? [name, ...found] : found;
		},
	);
}

const TAKES_AWAY =
	/revoke|\/ban$|\/unban$|replace|remove|rotate|revert|lock$|reject|compromised|change_domain|toggle|transition|verify_totp|profile_image|refresh|^PUT /;

function isRefused(policy: 'noDeletes' | 'readOnly', route: string): boolean {
	const [method, path] = route.split(' ');
	return refusal(policy, method, path.replace(/\{[^}]*\}/g, 'x')) !== undefined;
}

const secretReads = routesOf(documented(SECRET_READS));
const hiddenDeletes = routesOf(documented(HIDDEN_DELETES));
const verifications = routesOf(documented(VERIFICATIONS));
const readOnlyPasses = routesOf(notes.readOnlyPasses);
const noDeletesPasses = routesOf(notes.noDeletesPasses);

it('decides all endpoints of the API', () => {
	expect([READS.length, WRITES.length]).toEqual([78, 172]);
	expect(READS.filter((route) => isRefused('noDeletes', route))).toEqual([]);
	expect(READS.filter((route) => isRefused('readOnly', route)).sort()).toEqual(secretReads.sort());
	expect(WRITES.filter((route) => !isRefused('readOnly', route)).sort()).toEqual(
		verifications.sort(),
	);
	const deletes = WRITES.filter((route) => route.startsWith('DELETE '));
	expect(WRITES.filter((route) => isRefused('noDeletes', route)).sort()).toEqual(
		[...deletes, ...hiddenDeletes].sort(),
	);
});

it('names only endpoints that there are and that pass, each once', () => {
	expect(readOnlyPasses.filter((route) => !READS.includes(route))).toEqual([]);
	expect(noDeletesPasses.filter((route) => !WRITES.includes(route))).toEqual([]);
	expect(readOnlyPasses.filter((route) => isRefused('readOnly', route))).toEqual([]);
	expect(noDeletesPasses.filter((route) => isRefused('noDeletes', route))).toEqual([]);
	for (const routes of [readOnlyPasses, noDeletesPasses]) {
		expect(routes).toHaveLength(new Set(routes).size);
	}
});

it.each(READS)('%s returns no secret, or is refused, or has a reason to pass', (route) => {
	const { response = '' } = api.operations[route];
	const found = secretsIn(response);
	const isDecided = secretReads.includes(route) || readOnlyPasses.includes(route);
	expect([route, found, isDecided]).toEqual([route, found, found.length > 0]);
});

it.each(WRITES)('%s takes nothing away, or is refused, or has a reason to pass', (route) => {
	const takesAway = TAKES_AWAY.test(route);
	const isDecided = hiddenDeletes.includes(route) || noDeletesPasses.includes(route);
	const isDelete = route.startsWith('DELETE ');
	expect([route, isDecided]).toEqual([route, takesAway && !isDelete]);
});

it('writes each endpoint once', () => {
	const written = [...`${readsText()}${writesText()}`.matchAll(/`([A-Z]+ \/[^`]*)`/g)];
	expect(written.map(([, route]) => route).sort()).toEqual([...READS, ...WRITES].sort());
});
