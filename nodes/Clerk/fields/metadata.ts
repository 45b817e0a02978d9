import type { IDataObject } from 'n8n-workflow';

import { wireName } from '../engine/operation';
import type { ApiRequest, Destroys, Field } from '../engine/operation';

const metadata = (name: string, displayName: string, description: string): Field => ({
	displayName,
	name,
	type: 'json',
	default: '{}',
	description,
	hint: 'Use an expression that returns an object: {{ { plan: $json.plan } }}',
	encode: 'object',
	merges: true,
});

export const publicMetadata = metadata(
	'publicMetadata',
	'Public Metadata',
	'Read by frontend and backend, written by the backend: a plan, a role, a feature flag',
);

export const privateMetadata = metadata(
	'privateMetadata',
	'Private Metadata',
	'For the backend only: a billing ID, a compliance flag',
);

export const unsafeMetadata = metadata(
	'unsafeMetadata',
	'Unsafe Metadata',
	'Written by the frontend too, so users can change it: a preference, an onboarding step',
);

/** Returns the two ways to give metadata: typed fields on the form itself, and JSON among the optional fields. */
const inTwoWays = (json: Field): [Field, Field] => [
	{
		displayName: json.displayName,
		name: `${json.name}Fields`,
		wire: wireName(json),
		type: 'assignmentCollection',
		section: 'form',
		default: {},
		description: 'Keys and their values; billing.plan is plan within billing',
		encode: 'object',
		merges: true,
	},
	{ ...json, displayName: `${json.displayName} as JSON` },
];

/** Metadata that a merge changes, for whatever has public and private metadata. */
export const mergedMetadata: Field[] = [publicMetadata, privateMetadata].flatMap(inTwoWays);

/** Chooses between merging and replacing the metadata in an update. */
export const metadataMode: Field = {
	displayName: 'Metadata Mode',
	name: 'metadataMode',
	type: 'options',
	options: [
		{
			name: 'Merge',
			value: 'merge',
			description: 'Change the keys you enter, remove those set to null, keep all others',
		},
		{
			name: 'Replace',
			value: 'replace',
			description:
				'Permanently delete what is stored, and store exactly what you enter; Dry Run shows what would be lost',
		},
	],
	default: 'merge',
	description:
		'What happens to keys you do not enter. Kinds of metadata you do not add stay as they are.',
};

const METADATA = ['public_metadata', 'private_metadata', 'unsafe_metadata'];

/**
 * Splits metadata off an update: since API version 2026-05-12 it has a route of its own. Its request
 * comes after the one with the other fields, so that its response shows the result of both. PATCH
 * merges and PUT replaces:
 * https://clerk.com/docs/reference/backend/user/update-user-metadata
 * https://clerk.com/docs/reference/backend/user/replace-user-metadata
 */
export function splitMetadata(
	request: ApiRequest,
	{ metadataMode }: Record<string, unknown>,
): ApiRequest[] {
	const entries = Object.entries(request.body ?? {});
	const isMetadata = ([name]: [string, unknown]) => METADATA.includes(name);
	const metadata = entries.filter(isMetadata);
	if (metadata.length === 0) return [request];

	const others = entries.filter((entry) => !isMetadata(entry));
	const metadataRequest: ApiRequest = {
		method: metadataMode === 'replace' ? 'PUT' : 'PATCH',
		path: `${request.path}/metadata`,
		body: Object.fromEntries(metadata) as IDataObject,
	};
	if (others.length === 0) return [metadataRequest];
	return [{ ...request, body: Object.fromEntries(others) as IDataObject }, metadataRequest];
}

/**
 * Counts the metadata that a request discards by replacing it.
 *
 * @param record - the path of the record that has the metadata
 */
export const replacedMetadata = (record: string, kinds: Field[]): Destroys[] =>
	kinds.map((kind) => ({
		name: kind.name,
		path: record,
		within: wireName(kind),
		appliesTo: ({ method, body = {} }) => method === 'PUT' && Object.hasOwn(body, wireName(kind)),
	}));
