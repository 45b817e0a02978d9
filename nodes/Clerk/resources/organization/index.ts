import { defineResource } from '../../engine/operation';
import { adjustCreditBalance } from './adjustCreditBalance';
import { compare } from './compare';
import { create } from './create';
import { deleteOrganization } from './delete';
import { deleteLogo } from './deleteLogo';
import { findByMetadata } from './findByMetadata';
import { get } from './get';
import { getAll } from './getAll';
import { getBillingSubscription } from './getBillingSubscription';
import { getCreditBalance } from './getCreditBalance';
import { mergeMetadata } from './mergeMetadata';
import { removeMetadataKeys } from './removeMetadataKeys';
import { replaceMetadata } from './replaceMetadata';
import { reviewAccess } from './reviewAccess';
import { setLogo } from './setLogo';
import { update } from './update';

export const organization = defineResource({
	name: 'Organization',
	value: 'organization',
	description: 'The teams, companies or tenants that users belong to',
	operations: [
		create,
		get,
		getAll,
		update,
		deleteOrganization,
		mergeMetadata,
		replaceMetadata,
		removeMetadataKeys,
		compare,
		findByMetadata,
		reviewAccess,
		setLogo,
		deleteLogo,
		getBillingSubscription,
		getCreditBalance,
		adjustCreditBalance,
	],
});
