import type { Resource } from '../engine/operation';
import { organization } from './organization';
import { session } from './session';
import { user } from './user';

/** Everything the Clerk node can do. */
export const resources: Resource[] = [organization, session, user];
