import { defineOperation, one } from '../../engine/operation';
import { locate } from '../../fields/locators';
import { deleted } from '../../views/general';

export const deleteWeb3Wallet = defineOperation({
	name: 'Delete Web3 Wallet',
	value: 'deleteWeb3Wallet',
	action: 'Delete Web3 wallet of user',
	description: "Disconnect a user's crypto wallet",
	request: 'DELETE /users/{user_id}/web3_wallets/{web3_wallet_identification_id}',
	path: [
		locate('user', { required: true }),
		locate('web3Wallet', {
			wire: 'web3_wallet_identification_id',
			required: true,
			description: 'The wallet to disconnect',
		}),
	],
	notice: [
		'Permanently deletes the connection to the wallet: the user can then no longer sign in with it.',
		'This cannot be undone, but the user can connect it again. Dry Run shows what would be lost.',
	],
	destroys: [
		{
			name: 'web3Wallets',
			path: '/users/{user_id}',
			within: 'web3_wallets',
			rowId: 'web3_wallet_identification_id',
		},
	],
	returns: one(deleted, { ifNotFound: true }),
});
