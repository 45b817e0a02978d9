import type { Resource } from '../engine/operation';
import { apiKey } from './apiKey';
import { apiRequest } from './apiRequest';
import { invitation } from './invitation';
import { m2mToken } from './m2mToken';
import { machine } from './machine';
import { organization } from './organization';
import { organizationDomain } from './organizationDomain';
import { organizationInvitation } from './organizationInvitation';
import { organizationMembership } from './organizationMembership';
import { organizationPermission } from './organizationPermission';
import { organizationRole } from './organizationRole';
import { roleSet } from './roleSet';
import { session } from './session';
import { user } from './user';

/** Everything the Clerk node can do. */
export const resources: Resource[] = [
	apiKey,
	apiRequest,
	invitation,
	m2mToken,
	machine,
	organization,
	organizationDomain,
	organizationInvitation,
	organizationMembership,
	organizationPermission,
	organizationRole,
	roleSet,
	session,
	user,
];
