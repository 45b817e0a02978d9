import type { Field } from '../engine/operation';

/** How a job finds a user: by which kind of value, and the value, whose label is that of the kind. */

const KINDS = {
	emailAddress: { name: 'Email Address', placeholder: 'e.g. ada@example.com' },
	externalId: { name: 'External ID', placeholder: 'e.g. 4711' },
	phoneNumber: { name: 'Phone Number', placeholder: 'e.g. +15551234567' },
	userId: { name: 'User ID', placeholder: 'e.g. user_2NNEqL2nrIRd…' },
	username: { name: 'Username', placeholder: 'e.g. ada' },
};

export type MatchBy = keyof typeof KINDS;

/** Returns the label of the value by which users are found. */
export const matchLabel = (by: MatchBy): string => KINDS[by].name;

/** Returns the choice of the kind of value, and the value. */
export const identifyUsersBy = (
	kinds: MatchBy[],
	texts: { by: string; value: string },
	isSet = false,
): Field[] => [
	{
		displayName: 'Identify Users By',
		name: 'matchBy',
		type: 'options',
		options: kinds.map((value) => ({ name: KINDS[value].name, value })),
		default: 'emailAddress',
		required: true,
		...(isSet && { once: true }),
		description: texts.by,
	},
	{
		displayName: 'Identifier',
		name: 'matchValue',
		type: 'string',
		required: true,
		default: '',
		encode: 'exact',
		labelledBy: {
			name: 'matchBy',
			placeholders: Object.fromEntries(kinds.map((kind) => [kind, KINDS[kind].placeholder])),
		},
		description: texts.value,
	},
];
