import { defineResource } from '../../engine/operation';
import { create } from './create';
import { createTestRun } from './createTestRun';
import { deleteEnterpriseConnection } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { getTestRuns } from './getTestRuns';
import { update } from './update';

export const enterpriseConnection = defineResource({
	name: 'Enterprise Connection (SSO)',
	value: 'enterpriseConnection',
	description: "Sign-in through a company's identity provider, by SAML or OIDC",
	operations: [create, get, getAll, update, deleteEnterpriseConnection, createTestRun, getTestRuns],
});
