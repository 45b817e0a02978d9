import type { Resource } from '../engine/operation';
import { invitation } from './invitation';
import { organization } from './organization';
import { organizationInvitation } from './organizationInvitation';
import { organizationMembership } from './organizationMembership';
import { session } from './session';
import { user } from './user';

/** Everything the Clerk node can do. */
export const resources: Resource[] = [
	invitation,
	organization,
	organizationInvitation,
	organizationMembership,
	session,
	user,
];
