import { defineResource } from '../../engine/operation';
import { adjustCreditBalance } from './adjustCreditBalance';
import { ban } from './ban';
import { banMany } from './banMany';
import { cleanUp } from './cleanUp';
import { cleanUpTestData } from './cleanUpTestData';
import { collectData } from './collectData';
import { compare } from './compare';
import { count } from './count';
import { create } from './create';
import { deleteUser } from './delete';
import { deleteBackupCodes } from './deleteBackupCodes';
import { deleteExternalAccount } from './deleteExternalAccount';
import { deletePasskey } from './deletePasskey';
import { deleteProfileImage } from './deleteProfileImage';
import { deleteTotp } from './deleteTotp';
import { deleteWeb3Wallet } from './deleteWeb3Wallet';
import { disableMfa } from './disableMfa';
import { findByMetadata } from './findByMetadata';
import { get } from './get';
import { getAll } from './getAll';
import { getBillingSubscription } from './getBillingSubscription';
import { getCreditBalance } from './getCreditBalance';
import { getInactive } from './getInactive';
import { getOAuthAccessTokens } from './getOAuthAccessTokens';
import { getOrganizationInvitations } from './getOrganizationInvitations';
import { getOrganizationMemberships } from './getOrganizationMemberships';
import { getTrustedDevices } from './getTrustedDevices';
import { lock } from './lock';
import { mergeMetadata } from './mergeMetadata';
import { offboard } from './offboard';
import { removeMetadataKeys } from './removeMetadataKeys';
import { removePassword } from './removePassword';
import { replaceEmailAddress } from './replaceEmailAddress';
import { replaceMetadata } from './replaceMetadata';
import { replacePhoneNumber } from './replacePhoneNumber';
import { revokeAllSessions } from './revokeAllSessions';
import { revokeTrustedDevice } from './revokeTrustedDevice';
import { setPasswordCompromised } from './setPasswordCompromised';
import { setProfileImage } from './setProfileImage';
import { unban } from './unban';
import { unbanMany } from './unbanMany';
import { unlock } from './unlock';
import { unsetPasswordCompromised } from './unsetPasswordCompromised';
import { update } from './update';
import { upsert } from './upsert';
import { verifyPassword } from './verifyPassword';
import { verifyTotp } from './verifyTotp';

export const user = defineResource({
	name: 'User',
	value: 'user',
	description: 'The people who sign in to your application',
	operations: [
		create,
		upsert,
		get,
		getAll,
		update,
		deleteUser,
		ban,
		unban,
		lock,
		unlock,
		revokeAllSessions,
		getInactive,
		cleanUp,
		offboard,
		findByMetadata,
		compare,
		collectData,
		cleanUpTestData,
		banMany,
		unbanMany,
		mergeMetadata,
		replaceMetadata,
		removeMetadataKeys,
		getOrganizationMemberships,
		getOrganizationInvitations,
		count,
		replaceEmailAddress,
		replacePhoneNumber,
		removePassword,
		setPasswordCompromised,
		unsetPasswordCompromised,
		verifyPassword,
		disableMfa,
		deleteTotp,
		deleteBackupCodes,
		deletePasskey,
		verifyTotp,
		setProfileImage,
		deleteProfileImage,
		getOAuthAccessTokens,
		deleteExternalAccount,
		deleteWeb3Wallet,
		getTrustedDevices,
		revokeTrustedDevice,
		getBillingSubscription,
		getCreditBalance,
		adjustCreditBalance,
	],
});
