import type { Field, Locator } from '../../engine/operation';
import { allowlistIdentifier, blocklistIdentifier, waitlistEntry } from './accessLists';
import { apiKey, subject } from './apiKey';
import {
	billingPlan,
	billingPrice,
	billingStatement,
	billingSubscriptionItem,
	discount,
} from './billing';
import { directory, directoryMapping, scimDirectory, scimMapping } from './directory';
import { domain, redirectUrl } from './domain';
import { enterpriseConnection, samlConnection } from './enterpriseConnection';
import {
	invitation,
	organizationInvitation,
	pendingInvitation,
	pendingOrganizationInvitation,
} from './invitation';
import { jwtTemplate, jwtTemplateName } from './jwtTemplate';
import { m2mToken } from './m2mToken';
import { machine } from './machine';
import { messageTemplate } from './messageTemplate';
import { byId, searchMode } from './modes';
import { oauthApplication } from './oauthApplication';
import { organization } from './organization';
import { organizationDomain } from './organizationDomain';
import { organizationMember } from './organizationMember';
import { permission } from './permission';
import { role } from './role';
import { roleId } from './roleId';
import { roleSet } from './roleSet';
import { session } from './session';
import { actorToken, agentTask, client, signInToken, signUp } from './signIn';
import { user } from './user';
import {
	emailAddress,
	externalAccount,
	oauthProvider,
	passkey,
	phoneNumber,
	trustedDevice,
	web3Wallet,
} from './userParts';

/** Clerk's API lists neither of the two that follow, so only their ID identifies them. */
const adminPortalLinkToken: Locator = {
	noun: 'admin portal link token',
	displayName: 'Admin Portal Link Token',
	parameter: 'adminPortalLinkTokenId',
	...byId('aplt_3f2b8c1d4e5a69708192a3b4c5d6e7f8'),
};

const profileImage: Locator = {
	noun: 'image',
	displayName: 'Profile Image',
	parameter: 'profileImageId',
	...byId('img_2NNEqL2nrIRd…'),
};

export const locators = {
	actorToken,
	adminPortalLinkToken,
	agentTask,
	allowlistIdentifier,
	apiKey,
	billingPlan,
	billingPrice,
	billingStatement,
	billingSubscriptionItem,
	blocklistIdentifier,
	client,
	directory,
	directoryMapping,
	discount,
	domain,
	emailAddress,
	enterpriseConnection,
	externalAccount,
	invitation,
	jwtTemplate,
	jwtTemplateName,
	m2mToken,
	machine,
	messageTemplate,
	oauthApplication,
	oauthProvider,
	organization,
	organizationDomain,
	organizationInvitation,
	organizationMember,
	passkey,
	pendingInvitation,
	pendingOrganizationInvitation,
	permission,
	phoneNumber,
	profileImage,
	redirectUrl,
	role,
	roleId,
	roleSet,
	samlConnection,
	scimDirectory,
	scimMapping,
	session,
	signInToken,
	signUp,
	subject,
	trustedDevice,
	user,
	waitlistEntry,
	web3Wallet,
};

type FieldOverrides = Partial<Omit<Field, 'type' | 'name' | 'modes'>> & {
	/** The name of the parameter, if not the locator's own. */
	as?: string;
};

/** Returns a field that identifies a record of this kind, with all modes of its locator. */
export function locate(kind: keyof typeof locators, { as, ...overrides }: FieldOverrides): Field {
	const locator: Locator = locators[kind];
	const { search, idMode, finders = [] } = locator;
	const listMode = search ? [searchMode(search.method, search.title)] : [];
	return {
		displayName: locator.displayName,
		description: locator.description,
		name: as ?? locator.parameter,
		type: 'resourceLocator',
		default: { mode: search ? 'list' : idMode.name, value: '' },
		modes: [...listMode, idMode, ...finders.map(({ mode }) => mode)],
		locator,
		...overrides,
	};
}
