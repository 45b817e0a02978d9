import { Clerk } from '../../nodes/Clerk/Clerk.node';
import codex from '../../nodes/Clerk/Clerk.node.json';
import { resources } from '../../nodes/Clerk/resources';
import polling from '../../nodes/ClerkPollingTrigger/ClerkPollingTrigger.node.json';
import trigger from '../../nodes/ClerkTrigger/ClerkTrigger.node.json';
import { homepage } from '../../package.json';
import { readDocument } from '../support/documents';
import { searchNodes } from '../support/nodeSearch';

const actions = resources.flatMap(({ operations }) =>
	operations.map(({ action }) => ({ displayName: action })),
);

const { displayName } = new Clerk().description;

test.each([
	...['invite', 'ban', 'role', 'member', 'metadata', 'sign out', 'user', 'team'],
	...['api key', 'billing', 'directory sync', 'jwt', 'm2m', 'mfa', 'oauth', 'passkey'],
	...['permission', 'saml', 'scim', 'sso', 'subscription', 'waitlist'],
])('the search of n8n finds the node by the word "%s"', (typed) => {
	expect(searchNodes(typed, [{ displayName, codex }])).toEqual([displayName]);
	expect(codex.alias.map((alias) => alias.toLowerCase())).toContain(typed);
});

/** What people type. n8n matches the whole of it within one name or alias. */
const SENTENCES = [
	...['account', 'activate user', 'add member', 'add members', 'add user', 'api key'],
	...['ban user', 'ban users', 'bulk invite', 'change email', 'change role', 'clean up'],
	...['clean up users', 'cleanup', 'create organization', 'create user', 'deactivate'],
	...['deactivate user', 'delete inactive users', 'delete user', 'delete users', 'deprovision'],
	...['disable user', 'email address', 'export users', 'find inactive users', 'find user'],
	...['get users', 'inactive', 'inactive users', 'invite member', 'invite user'],
	...['invite to organization', 'list members', 'list users', 'lock user', 'log in', 'log out'],
	...['login', 'logout', 'look up user', 'magic link', 'offboard', 'offboard user', 'onboard'],
	...['organisation', 'phone number', 'provision users', 'remove member', 'remove user'],
	...['reset password', 'revoke sessions', 'search users', 'sign out user', 'signup', 'sign-in'],
	...['suspend', 'suspend user', 'sync members', 'sync users', 'unban user', 'unlock'],
	...['unlock user', 'update user', 'user management', '2fa'],
];

test.each(SENTENCES)('the search of n8n finds the node by "%s"', (typed) => {
	expect(searchNodes(typed, [{ displayName, codex }])).toEqual([displayName]);
	// n8n also matches letters that are far apart; such a node would be low in the list.
	const squeeze = (text: string) => text.toLowerCase().replace(/[\s-]/g, '');
	const found = codex.alias.filter((alias) => squeeze(alias).includes(squeeze(typed)));
	expect(found).not.toEqual([]);
});

test.each([
	[
		'invite',
		[
			'Invite user to application',
			'Invite user to organization',
			'Invite many users to application',
			'Invite many users to organizations',
		],
	],
	['ban', ['Ban user', 'Ban many users', 'Unban user', 'Unban many users']],
	['role', ['Update role of organization member']],
	[
		'member',
		[
			'Merge metadata of organization membership',
			'Get many organization memberships',
			'Get many organization memberships in all organizations',
			'Update role of organization member',
			'Get organization memberships of user',
		],
	],
	[
		'metadata',
		[
			'Merge metadata of user',
			'Merge metadata of organization',
			'Merge metadata of organization membership',
			'Replace metadata of user',
			'Replace metadata of organization',
		],
	],
	['sign out', ['Revoke session to sign out user', 'Revoke all sessions to sign out user']],
	[
		'api request',
		['Browse endpoints for API request', 'Describe endpoint for API request', 'Send API request'],
	],
	['enterprise', ['Create enterprise connection', 'Create test run of enterprise connection']],
	['jwt', ['Create JWT template', 'Create token of session from JWT template']],
	['machine', ['Create machine', 'Get secret key of machine', 'Create scope of machine']],
	['permission', ['Create organization permission', 'Assign permission to organization role']],
	['waitlist', ['Create many waitlist entries', 'Invite waitlist entry']],
])('the search of n8n lists the actions for "%s" on the first screen', (typed, expected) => {
	expect(searchNodes(typed, actions).slice(0, 15)).toEqual(expect.arrayContaining(expected));
});

test.each([
	['Clerk', codex],
	['Clerk Trigger', trigger],
	['Clerk Polling Trigger', polling],
])('Docs in %s opens a page of this package', (_, { resources: { primaryDocumentation } }) => {
	const [{ url }] = primaryDocumentation;
	const [project, page] = url.split('/blob/main/');
	expect(project).toBe(homepage);
	expect(page).toMatch(/^docs\/.*\.md$|^README\.md$/);
	expect(readDocument(page).file).toBe(page);
});
