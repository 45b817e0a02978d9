import type { IDataObject } from 'n8n-workflow';

import { EMPTY_VALUES_LEFT_OUT } from '../../engine/form/commonFields';
import { defineProcedure, InvalidInputError, snakeCase } from '../../engine/operation';
import type { ApiRequest, ClerkRecord, FormInput, Send } from '../../engine/operation';
import { simplify } from '../../engine/operation/view';
import { fillPath } from '../../engine/request/buildRequest';
import { previewRequests } from '../../engine/run/dryRun';
import { dryRunIfWanted } from '../../fields/jobs';
import {
	metadataMode,
	privateMetadata,
	publicMetadata,
	unsafeMetadata,
} from '../../fields/metadata';
import * as fields from '../../fields/user';
import type { Metadata } from '../../jobs/shared/metadataChanges';
import { choose, normalizeIdentifier, planUpsert, searchFor } from '../../jobs/upsert/plan';
import type { MatchBy, Upsert, WantedUser } from '../../jobs/upsert/plan';
import { user } from '../../views/user';

/** What Clerk tells, so that it can be compared. */
const ATTRIBUTES = [
	fields.externalId,
	fields.firstName,
	fields.lastName,
	fields.locale,
	fields.username,
].map((field) => ({ ...field, nullable: true }));

const METADATA = [publicMetadata, privateMetadata, unsafeMetadata];

const AT_CREATION = [
	{
		...fields.password,
		description: 'Sent only when the user is created: at least 8 characters, and not a leaked one',
	},
	fields.skipPasswordRequirement,
];

export const upsert = defineProcedure({
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update user',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	writes: true,
	form: [
		{
			displayName: 'Match By',
			name: 'matchBy',
			type: 'options',
			options: [
				{ name: 'Email Address', value: 'emailAddress' },
				{ name: 'External ID', value: 'externalId' },
				{ name: 'Phone Number', value: 'phoneNumber' },
				{ name: 'Username', value: 'username' },
			],
			default: 'emailAddress',
			required: true,
			description:
				'What the user is found by; one who is created gets it. Only what differs is sent, and the output says in action: created, updated or unchanged.',
		},
		{
			displayName: 'Match Value',
			name: 'matchValue',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. ada@example.com',
			description: 'The e-mail address, external ID, phone number or username of the user',
		},
		dryRunIfWanted,
		...ATTRIBUTES,
		{
			displayName: 'Email Address',
			name: 'emailAddress',
			type: 'string',
			default: '',
			kind: 'emailAddress',
			placeholder: 'e.g. ada@example.com',
			encode: 'list',
			description:
				'E-mail addresses, separated by commas. Those the user does not have are added; none is removed.',
		},
		{
			displayName: 'Phone Number',
			name: 'phoneNumber',
			type: 'string',
			default: '',
			kind: 'phoneNumber',
			placeholder: 'e.g. +15551234567',
			encode: 'list',
			description:
				'Phone numbers, separated by commas. Those the user does not have are added; none is removed.',
		},
		...METADATA,
		...AT_CREATION,
	],
	options: [
		EMPTY_VALUES_LEFT_OUT,
		metadataMode,
		{
			displayName: 'Match Unverified',
			name: 'matchUnverified',
			type: 'boolean',
			default: true,
			absent: false,
			description:
				'Whether an e-mail address or phone number that is not verified finds its user too. Anybody can type one in, so somebody else may be found.',
		},
		{
			displayName: 'Primary',
			name: 'primary',
			type: 'boolean',
			default: true,
			absent: false,
			description:
				'Whether the first e-mail address and the first phone number given become the primary ones',
		},
		{
			displayName: 'Verified',
			name: 'verified',
			type: 'boolean',
			default: true,
			absent: false,
			description:
				'Whether addresses and numbers that are added count as verified. Those of a user who is created do in any case.',
		},
	],
	prepare(filled) {
		const wanted = wantedOf(filled);
		const { matchBy, value } = wanted;
		return {
			// Of two items for the same new user the second one finds who the first one created.
			target: `user by ${matchBy} ${value}`,
			lookUp: { by: matchBy, value, request: (values) => searchFor(matchBy, values) },
			async execute({ send, lookUp, ensureAllowed }) {
				const found = choose(
					await lookUp(),
					matchBy,
					value,
					filled.options.matchUnverified === true,
				);
				const upsert = planUpsert(wanted, found);
				if (filled.values.dryRun === true) {
					return { records: [await shown(upsert, value, found, send)] };
				}
				ensureAllowed(upsert.requests);
				const record = await carriedOut(upsert, found, send);
				const output = { action: upsert.action, ...simplify(record, user), success: true };
				return { records: [output] };
			},
		};
	},
});

/** @throws InvalidInputError */
function wantedOf({ values, options }: FormInput): WantedUser {
	const matchBy = values.matchBy as MatchBy;
	const value = normalizeIdentifier(matchBy, String(values.matchValue), 'Match Value');
	const from = (listed: Array<{ name: string }>) =>
		listed
			.filter(({ name }) => Object.hasOwn(values, name))
			.map(({ name }) => [snakeCase(name), values[name]]);
	const listOf = (name: 'emailAddress' | 'phoneNumber', label: string) =>
		((values[name] ?? []) as string[]).map((entry) => normalizeIdentifier(name, entry, label));

	for (const { name, displayName } of ATTRIBUTES) {
		if (name !== matchBy || !Object.hasOwn(values, name)) continue;
		const given = String(values[name] ?? '').trim();
		if ((name === 'username' ? given.toLowerCase() : given) !== value) {
			throw new InvalidInputError(
				displayName,
				'is what the user is matched by, so it cannot become another one here',
			);
		}
	}
	return {
		matchBy,
		value,
		attributes: Object.fromEntries(from(ATTRIBUTES)) as Record<string, unknown>,
		emailAddresses: listOf('emailAddress', 'Email Address'),
		phoneNumbers: listOf('phoneNumber', 'Phone Number'),
		metadata: Object.fromEntries(from(METADATA)) as Record<string, Metadata>,
		isReplaced: options.metadataMode === 'replace',
		isVerified: options.verified === true,
		isPrimary: options.primary === true,
		atCreation: Object.fromEntries(from(AT_CREATION)) as Record<string, unknown>,
	};
}

async function carriedOut(
	{ requests }: Upsert,
	found: ClerkRecord | undefined,
	send: Send,
): Promise<ClerkRecord> {
	let answer: unknown = found;
	for (const request of requests) answer = await send(request);
	const last = requests[requests.length - 1];
	if (!last || isOfUser(last)) return answer as ClerkRecord;
	const path = fillPath('/users/{id}', { id: found?.id });
	return (await send({ method: 'GET', path })) as ClerkRecord;
}

/** Whether the answer is the user, and not an address of theirs. */
const isOfUser = ({ path }: ApiRequest): boolean => path.startsWith('/users');

async function shown(
	{ action, requests }: Upsert,
	value: string,
	found: ClerkRecord | undefined,
	send: Send,
): Promise<IDataObject> {
	const about = {
		action,
		target: String(found?.id ?? value),
		status: requests.length > 0 ? 'planned' : 'skipped',
	};
	if (requests.length === 0) return { ...about, dryRun: true };
	return { ...about, ...(await previewRequests({ body: AT_CREATION }, {}, requests, send)) };
}
