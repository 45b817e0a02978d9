import type { ValueKind } from '../engine/operation';

/** IDs of Clerk's records, as kinds of values. */

/** What the IDs of other records are, by their prefixes, to say so where one is given in the wrong field. */
export const RECORDS: Record<string, string> = {
	client_: "a client's ID",
	eac_: "an external account's ID",
	idn_: 'the ID of an email address or a phone number',
	inv_: "an invitation's ID",
	jtmp_: "a JWT template's ID",
	mch_: "a machine's ID",
	oa_: "an OAuth application's ID",
	org_: "an organization's ID",
	orgdmn_: "an organization domain's ID",
	orginv_: "an organization invitation's ID",
	orgmem_: "a membership's ID",
	perm_: "a permission's ID",
	role_: "a role's ID",
	sess_: "a session's ID",
	user_: "a user's ID",
};

const idOf = (noun: string, id: string) => ({ id, noun, others: RECORDS });

export const USER_ID: ValueKind = idOf('user', 'user_');

export const ORGANIZATION_ID: ValueKind = idOf('organization', 'org_');

/** Clerk takes either in the path of an organization. */
export const ORGANIZATION_ID_OR_SLUG: ValueKind = { ...idOf('organization', 'org_'), or: 'slug' };

export const CLIENT_ID: ValueKind = idOf('client', 'client_');

export const MACHINE_ID: ValueKind = idOf('machine', 'mch_');

export const PERMISSION_ID: ValueKind = idOf('permission', 'perm_');

/** Whether a text is clearly an ID of Clerk's, and no slug: `org_2NNEqL2nrIRdJ194ndJqAHwEfxC`. */
export const isRecordId = (text: string): boolean =>
	text.startsWith('org_') ||
	Object.keys(RECORDS).some(
		(prefix) =>
			text.startsWith(prefix) && /^(?=.*[\dA-Z])[\dA-Za-z]+$/.test(text.slice(prefix.length)),
	);
