import type { Field, Locator } from '../../engine/operation';
import {
	organizationInvitation,
	pendingInvitation,
	pendingOrganizationInvitation,
} from './invitation';
import { jwtTemplateName } from './jwtTemplate';
import { byId, searchMode, textMode } from './modes';
import { organization } from './organization';
import { organizationMember } from './organizationMember';
import { role } from './role';
import { session } from './session';
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

/** What Clerk has no list of: an ID is the only way to name it. */
const profileImage: Locator = {
	noun: 'image',
	displayName: 'Profile Image',
	parameter: 'profileImageId',
	idMode: byId('img_2NNEqL2nrIRdJ194ndJqAHwEfxC'),
};

const roleSet: Locator = {
	noun: 'role set',
	displayName: 'Role Set',
	parameter: 'roleSetKey',
	idMode: textMode('id', 'By Key', 'e.g. role_set:default'),
};

export const locators = {
	emailAddress,
	externalAccount,
	jwtTemplateName,
	oauthProvider,
	organization,
	organizationInvitation,
	organizationMember,
	passkey,
	pendingInvitation,
	pendingOrganizationInvitation,
	phoneNumber,
	profileImage,
	role,
	roleSet,
	session,
	trustedDevice,
	user,
	web3Wallet,
};

type Words = Partial<Omit<Field, 'type' | 'name' | 'modes'>> & {
	description: string;
	/** The parameter's name, where the locator's own is taken or means something else. */
	as?: string;
};

/** An id field of a form, with the ways to name a record of that kind. */
export function locate(kind: keyof typeof locators, { as, ...words }: Words): Field {
	const locator: Locator = locators[kind];
	const { search, idMode, finders = [] } = locator;
	const listMode = search ? [searchMode(search.method, search.title)] : [];
	return {
		displayName: locator.displayName,
		name: as ?? locator.parameter,
		type: 'resourceLocator',
		default: { mode: search ? 'list' : 'id', value: '' },
		modes: [...listMode, idMode, ...finders.map(({ mode }) => mode)],
		locator,
		...words,
	};
}
