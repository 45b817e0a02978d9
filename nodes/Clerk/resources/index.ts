import type { Resource } from '../engine/operation';
import { actorToken } from './actorToken';
import { adminPortalLinkToken } from './adminPortalLinkToken';
import { agentTask } from './agentTask';
import { allowlistIdentifier } from './allowlistIdentifier';
import { apiKey } from './apiKey';
import { apiRequest } from './apiRequest';
import { billingPlan } from './billingPlan';
import { billingPrice } from './billingPrice';
import { billingStatement } from './billingStatement';
import { billingSubscriptionItem } from './billingSubscriptionItem';
import { blocklistIdentifier } from './blocklistIdentifier';
import { client } from './client';
import { directory } from './directory';
import { domain } from './domain';
import { emailAddress } from './emailAddress';
import { enterpriseConnection } from './enterpriseConnection';
import { instance } from './instance';
import { invitation } from './invitation';
import { jwks } from './jwks';
import { jwtTemplate } from './jwtTemplate';
import { m2mToken } from './m2mToken';
import { machine } from './machine';
import { messageTemplate } from './messageTemplate';
import { oauthAccessToken } from './oauthAccessToken';
import { oauthApplication } from './oauthApplication';
import { organization } from './organization';
import { organizationDomain } from './organizationDomain';
import { organizationInvitation } from './organizationInvitation';
import { organizationMembership } from './organizationMembership';
import { organizationPermission } from './organizationPermission';
import { organizationRole } from './organizationRole';
import { phoneNumber } from './phoneNumber';
import { redirectUrl } from './redirectUrl';
import { roleSet } from './roleSet';
import { samlConnection } from './samlConnection';
import { scimDirectory } from './scimDirectory';
import { session } from './session';
import { signInToken } from './signInToken';
import { signUp } from './signUp';
import { svixApp } from './svixApp';
import { testingToken } from './testingToken';
import { user } from './user';
import { waitlistEntry } from './waitlistEntry';

/**
 * All resources of the Clerk node, with their operations. The form keeps this order: those used most
 * first, then the others by name, and at the end those that Clerk replaced.
 */
export const resources: Resource[] = [
	user,
	organization,
	organizationMembership,
	organizationInvitation,
	invitation,
	session,
	actorToken,
	adminPortalLinkToken,
	agentTask,
	allowlistIdentifier,
	apiKey,
	apiRequest,
	billingPlan,
	billingPrice,
	billingStatement,
	billingSubscriptionItem,
	blocklistIdentifier,
	client,
	directory,
	domain,
	emailAddress,
	enterpriseConnection,
	instance,
	jwks,
	jwtTemplate,
	m2mToken,
	machine,
	oauthAccessToken,
	oauthApplication,
	organizationDomain,
	organizationPermission,
	organizationRole,
	phoneNumber,
	redirectUrl,
	roleSet,
	signInToken,
	signUp,
	svixApp,
	testingToken,
	waitlistEntry,
	messageTemplate,
	samlConnection,
	scimDirectory,
];
