import { defineOperation, one } from '../../engine/operation';
import { DOMAIN_NOTICE, domainDestroys, domainFields } from '../../fields/instance';
import { nothing } from '../../views/general';

export const updateDomain = defineOperation({
	name: 'Update Domain (Deprecated)',
	value: 'updateDomain',
	action: 'Update domain of instance',
	description: 'Deprecated by Clerk: use Change Domain, which does the same',
	request: 'PUT /beta_features/domain',
	body: domainFields,
	notice: DOMAIN_NOTICE,
	destroys: domainDestroys,
	returns: one(nothing),
});
