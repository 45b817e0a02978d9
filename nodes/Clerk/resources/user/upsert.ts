import { DATE_FORMAT, EMPTY_VALUES_LEFT_OUT } from '../../engine/form/commonFields';
import { readEntry } from '../../engine/input/kinds';
import {
	alsoOnForm,
	defineProcedure,
	InvalidInputError,
	orNull,
	snakeCase,
} from '../../engine/operation';
import type { Field, FormInput } from '../../engine/operation';
import {
	metadataMode,
	privateMetadata,
	publicMetadata,
	unsafeMetadata,
} from '../../fields/metadata';
import { identifyUsersBy, matchLabel } from '../../fields/matchBy';
import { runMode } from '../../fields/runMode';
import * as fields from '../../fields/user';
import type { Metadata } from '../../jobs/shared/metadata';
import type { UpsertMatchBy } from '../../jobs/upsert/identifiers';
import { prepareUpsert } from '../../jobs/upsert/job';
import type { WantedUser } from '../../jobs/upsert/plan';

/** Compared with the present user, so that only what differs is sent. */
const ATTRIBUTES: Field[] = [
	orNull(fields.externalId),
	alsoOnForm(orNull(fields.firstName)),
	alsoOnForm(orNull(fields.lastName)),
	orNull(fields.locale),
	fields.timezone,
	orNull(fields.username),
];

const METADATA = [publicMetadata, privateMetadata, unsafeMetadata];

const AT_CREATION = [
	{
		...fields.password,
		description: 'Sent only when the user is created: at least 8 characters, and not leaked',
	},
	{
		...fields.passwordDigest,
		description:
			'The hashed password from another system, instead of a password; sent only when the user is created. Needs Password Hasher.',
	},
	fields.passwordHasher,
	fields.skipPasswordRequirement,
	{
		...fields.totpSecret,
		description:
			'The secret of an authenticator app (6 digits, 30 seconds, SHA-1), so that it keeps working; sent only when the user is created',
	},
];

export const upsert = defineProcedure({
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update user',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	writes: true,
	advice: [fields.userLimitAdvice],
	form: [
		runMode('upsertMode'),
		...identifyUsersBy(['emailAddress', 'externalId', 'phoneNumber', 'username'], {
			by: 'How to identify the user; a new user gets this value. Only differences are sent, and action in the output is created, updated or unchanged.',
			value: 'The value that identifies the user',
		}),
		...ATTRIBUTES,
		{
			displayName: 'Email Address',
			name: 'emailAddress',
			type: 'string',
			default: '',
			placeholder: 'e.g. ada@example.com',
			encode: 'list',
			kind: 'emailAddress',
			description: 'Email addresses, separated by commas. New ones are added; none are removed.',
		},
		{
			displayName: 'Phone Number',
			name: 'phoneNumber',
			type: 'string',
			default: '',
			placeholder: 'e.g. +15551234567',
			encode: 'list',
			kind: 'phoneNumber',
			description: 'Phone numbers, separated by commas. New ones are added; none are removed.',
		},
		...METADATA,
		...AT_CREATION,
	],
	options: [
		DATE_FORMAT,
		EMPTY_VALUES_LEFT_OUT,
		metadataMode,
		{
			displayName: 'Match Unverified',
			name: 'matchUnverified',
			type: 'boolean',
			default: true,
			absent: false,
			description:
				'Whether to match unverified email addresses and phone numbers too. Anyone can enter one they do not own, so the wrong user may be found.',
		},
		{
			displayName: 'Primary',
			name: 'primary',
			type: 'boolean',
			default: true,
			absent: false,
			description: 'Whether to make the first email address and phone number the primary ones',
		},
		{
			displayName: 'Verified',
			name: 'verified',
			type: 'boolean',
			default: true,
			absent: false,
			description:
				'Whether to mark added addresses and numbers as verified. Those of a new user always are.',
		},
	],
	prepare(input) {
		return prepareUpsert(readWantedUser(input), {
			matchUnverified: input.options.matchUnverified === true,
			isDryRun: input.values.upsertMode !== 'apply',
			maskedFields: AT_CREATION,
			dateFormat: input.options.dateFormat,
		});
	},
});

/** @throws InvalidInputError */
function readWantedUser({ values, options }: FormInput): WantedUser {
	const matchBy = values.matchBy as UpsertMatchBy;
	const value = readEntry(matchBy, values.matchValue, matchLabel(matchBy));
	const valuesOf = (listed: Array<{ name: string }>) =>
		listed
			.filter(({ name }) => Object.hasOwn(values, name))
			.map(({ name }) => [snakeCase(name), values[name]]);
	for (const { name, displayName } of ATTRIBUTES) {
		if (name !== matchBy || !Object.hasOwn(values, name)) continue;
		const given = String(values[name] ?? '').trim();
		if ((name === 'username' ? given.toLowerCase() : given) !== value) {
			throw new InvalidInputError(displayName, 'identifies the user, so it cannot be changed here');
		}
	}
	return {
		matchBy,
		value,
		attributes: Object.fromEntries(valuesOf(ATTRIBUTES)) as Record<string, unknown>,
		emailAddresses: (values.emailAddress ?? []) as string[],
		phoneNumbers: (values.phoneNumber ?? []) as string[],
		metadata: Object.fromEntries(valuesOf(METADATA)) as Record<string, Metadata>,
		isReplaced: options.metadataMode === 'replace',
		isVerified: options.verified === true,
		isPrimary: options.primary === true,
		atCreation: Object.fromEntries(valuesOf(AT_CREATION)) as Record<string, unknown>,
	};
}
