import { defineOperation, one } from '../../engine/operation';
import { DOMAIN_NOTICE, domainDestroys, domainFields } from '../../fields/instance';
import { nothing } from '../../views/general';

export const changeDomain = defineOperation({
	name: 'Change Domain',
	value: 'changeDomain',
	action: 'Change domain of instance',
	description: 'Move a production instance to another domain, which signs all users out',
	request: 'POST /instance/change_domain',
	body: domainFields,
	notice: DOMAIN_NOTICE,
	destroys: domainDestroys,
	returns: one(nothing),
});
