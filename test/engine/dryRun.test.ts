import { realClock } from '../../nodes/Clerk/engine/clock';
import { answer, run } from '../support/scripted';

jest.mock('../../nodes/Clerk/engine/clock', () => ({
	realClock: jest
		.requireActual<typeof import('../support/clock')>('../support/clock')
		.createClock({ automatic: true }),
}));

beforeEach(async () => await realClock.wait(3_600_000));

const byId = (value: string) => ({ __rl: true, mode: 'id', value });

const record = {
	id: 'user_1',
	has_image: true,
	password_enabled: true,
	totp_enabled: false,
	two_factor_enabled: true,
	email_addresses: [{ id: 'idn_1' }, { id: 'idn_2' }],
	phone_numbers: [],
	passkeys: [{ id: 'idn_3' }, { id: 'idn_4' }],
	external_accounts: [{ id: 'eac_1' }],
};

const devices = { data: [{ id: 'device_1' }, { id: 'device_2' }], total_count: 2 };

describe('a dry run counts', () => {
	it.each<[string, object, object]>([
		['replaceEmailAddress', { emailAddress: 'a@x.y' }, { emailAddresses: 2 }],
		['replacePhoneNumber', { phoneNumber: '+1' }, { phoneNumbers: 0 }],
		['deletePasskey', { passkeyId: byId('idn_4') }, { passkeys: 1 }],
		['deletePasskey', { passkeyId: byId('idn_9') }, { passkeys: 0 }],
		['deleteExternalAccount', { externalAccountId: byId('eac_1') }, { externalAccounts: 1 }],
		['deleteWeb3Wallet', { web3WalletId: byId('idn_1') }, { web3Wallets: 0 }],
		['deleteProfileImage', {}, { profileImages: 1 }],
		['deleteTotp', {}, { totp: 0 }],
		['deleteBackupCodes', {}, { backupCodes: 0 }],
		['disableMfa', {}, { secondFactors: 1 }],
		['removePassword', {}, { passwords: 1 }],
		['revokeTrustedDevice', { trustedDeviceId: byId('device_2') }, { trustedDevices: 1 }],
		['delete', {}, { user: 'user_1', sessions: 2, organizationMemberships: 2 }],
	])('%s with %j', async (operation, values, wouldDestroy) => {
		const { json, sent } = await run(
			{
				parameters: {
					resource: 'user',
					operation,
					userId: byId('user_1'),
					...values,
					options: { dryRun: true },
				},
			},
			({ url }) => answer(200, url.endsWith('/users/user_1') ? record : devices),
		);
		expect(sent.every(({ method }) => method === 'GET')).toBe(true);
		expect(json[0].wouldDestroy).toEqual(wouldDestroy);
	});
});

describe('a record that only a list of all tells', () => {
	const cancel = {
		resource: 'billingSubscriptionItem',
		operation: 'cancel',
		billingSubscriptionItemId: byId('csub_item_1'),
		options: { dryRun: true },
	};
	const wouldDestroy = async (ids: string[], total: number) => {
		const data = ids.map((id) => ({ id }));
		const { json } = await run({ parameters: cancel }, () =>
			answer(200, { data, total_count: total }),
		);
		return json[0].wouldDestroy;
	};

	it.each<[string, string[], number, unknown]>([
		['is counted', ['csub_item_1', 'csub_item_2'], 2, 1],
		['is not there', ['csub_item_2'], 1, 0],
		['may stand further down', ['csub_item_2'], 501, 'not among the first 1 of 501'],
	])('%s', async (_, ids, total, expected) => {
		expect(await wouldDestroy(ids, total)).toEqual({ billingSubscriptionItems: expected });
	});
});
