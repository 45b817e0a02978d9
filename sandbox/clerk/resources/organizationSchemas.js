'use strict';

const {
	anyObject,
	closed,
	flag,
	integer,
	nullable,
	open,
	orderBy,
	paging,
	text,
	texts,
	timestamp,
	upTo100,
} = require('../validation');

const name = { ...text, maxLength: 256, pattern: '^((?!https?://)[^<>])*$' };
const slug = { ...text, pattern: '^[a-z0-9-]+$' };

const settings = {
	slug: nullable(slug),
	max_allowed_memberships: nullable({ ...integer, minimum: 0 }),
	created_at: nullable(timestamp),
	role_set_key: nullable(text),
};

const createOrganizationSchema = open(
	{
		name,
		created_by: nullable(text),
		public_metadata: nullable(anyObject),
		private_metadata: nullable(anyObject),
		...settings,
	},
	['name'],
);

const updateOrganizationSchema = closed({
	name: nullable(name),
	admin_delete_enabled: nullable(flag),
	...settings,
});

const metadataSchema = closed({ public_metadata: anyObject, private_metadata: anyObject });

const included = {
	include_members_count: flag,
	include_missing_member_with_elevated_permissions: flag,
};

const organizationFiltersSchema = open({
	...included,
	...paging,
	query: text,
	user_id: texts,
	organization_id: upTo100,
	order_by: orderBy(['name', 'created_at', 'members_count'], '-created_at'),
});

const includedSchema = open(included);

module.exports = {
	createOrganizationSchema,
	includedSchema,
	metadataSchema,
	organizationFiltersSchema,
	updateOrganizationSchema,
};
