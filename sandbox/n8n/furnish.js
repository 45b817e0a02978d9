'use strict';

const { randomBytes } = require('node:crypto');
const { join } = require('node:path');
const { EXAMPLES, importExample } = require('./examples');

/** What `npm start` puts into its n8n, so that every example can be tried there. */

/** @typedef {Awaited<ReturnType<typeof import('../clerk').startClerk>>['state']} State */

/**
 * Credentials of what the examples use beside Clerk. Mail goes to the catcher; the others are there so
 * that no node is without one, and their nodes have pinned data.
 *
 * @param {import('./api').Api} api
 * @param {{ credential: Omit<import('./api').Credential, 'id'> }} mailbox
 */
async function createCredentials(api, mailbox) {
	const database = { host: '127.0.0.1', port: 5432, database: 'app', user: 'n8n', password: 'n8n' };
	const secret = (/** @type {number} */ bytes) => randomBytes(bytes).toString('base64');
	const signingSecret = `whsec_${secret(24)}`;
	const made = [
		mailbox.credential,
		{ name: 'Postgres account', type: 'postgres', data: { ...database, ssl: 'disable' } },
		{ name: 'OpenAI account', type: 'openAiApi', data: { apiKey: secret(18) } },
		{ name: 'Stripe account', type: 'stripeApi', data: { secretKey: secret(18) } },
		{ name: 'HR system', type: 'httpHeaderAuth', data: { name: 'X-Token', value: secret(18) } },
		{ name: 'Clerk webhook', type: 'clerkWebhookApi', data: { signingSecret } },
	];
	return await Promise.all(made.map(async (each) => await api.createCredential(each)));
}

/** The members of a simulated organization as another system lists them: without the last, and one role changed. @param {State} state */
function membersIn(state) {
	const [organization] = state.organizations.where('slug', 'harbour-labs');
	const members = state.memberships.where('organization_id', organization.id).slice(0, -1);
	return members.map(({ user_id: id, role }, at) => ({
		email: String(state.users.get(id)?.email_addresses[0].email_address),
		organization: organization.slug,
		role: at === 1 ? 'admin' : role.slice('org:'.length),
	}));
}

/** The users as a table that missed some deliveries lists them: without the last, one as it was, one who is gone. @param {State} state */
function mirrorOf(state) {
	const rows = state.users.rows.slice(0, -1);
	return [
		...rows.map(({ id, updated_at: at }, index) => ({
			clerk_id: id,
			updated_at: String(index === 1 ? at - 1 : at),
		})),
		{ clerk_id: 'user_2NNEqL2nrIRdJ194ndJqAHwEfxC', updated_at: '1767225600000' },
	];
}

/**
 * What the nodes give that would ask another system, or wait for one: in n8n's editor as pinned data,
 * by the nodes' names.
 *
 * @param {State} state
 * @returns {Record<string, Record<string, Array<{ json: Record<string, any> }>>>} by the example's file
 */
function pinnedData(state) {
	const items = (/** @type {Record<string, any>[]} */ rows) => rows.map((json) => ({ json }));
	const members = membersIn(state);
	const sheet = members.map(({ email, role }) => ({ email, role }));
	const [user] = state.users.rows;
	const address = String(user.email_addresses[0].email_address);
	const event = {
		id: user.id,
		fullName: `${user.first_name} ${user.last_name}`,
		primaryEmailAddress: address,
		svixId: 'msg_example',
		type: 'user.created',
		occurredAt: new Date(Number(user.created_at)).toISOString(),
	};
	const customer = 'cus_example';
	const private_metadata = { ...user.private_metadata, stripeCustomerId: customer };
	state.users.update(user, { private_metadata });
	const price = { id: 'price_example', lookup_key: 'pro' };
	const subscription = { customer, status: 'active', items: { data: [{ price }] } };
	const row = { id: 'user_of_the_old_instance', first_name: 'Ines', last_name: 'Castro' };
	const exported = items([
		{ ...row, primary_email_address: 'ines@example.com', password_digest: '', password_hasher: '' },
	]);
	// Another instance than the simulated one, which the plan is for.
	const records = [
		{ kind: 'redirectUrl', key: 'https://dev.example.com/callback', value: {} },
		{ kind: 'communication', key: 'communication', value: { blockedCountryCodes: ['KP'] } },
	];
	const staging = records.map((record) => ({ ...record, instanceId: 'ins_staging' }));
	return {
		[EXAMPLES.drift]: { 'Export From Staging': items(staging) },
		[EXAMPLES.importUsers]: { 'Upload the CSV': items([{}]), 'Read Rows': exported },
		[EXAMPLES.postgres]: { 'Wanted Members': items(members) },
		[EXAMPLES.mirror]: {
			'Read the Table': items(mirrorOf(state)),
			'Clerk Trigger': items([{ ...event, eventType: 'user.created' }]),
			'Upsert Users': items([{ success: true }]),
			'Delete Users': items([{ success: true }]),
		},
		[EXAMPLES.sheet]: { 'Download Sheet': items([{}]), 'Read Rows': items(sheet) },
		[EXAMPLES.agent]: {
			'Offboarding Request': items([{ Request: `${event.fullName} leaves on Friday` }]),
			'AI Agent': items([{ output: `${event.fullName} would be banned.\n${address}` }]),
		},
		[EXAMPLES.offboard]: { 'HR Webhook': items([{ body: { email: address } }]) },
		[EXAMPLES.stripe]: {
			'Stripe Trigger': items([{ data: { object: subscription } }]),
			'Read Subscriptions': items([{ data: [subscription] }]),
		},
		[EXAMPLES.erase]: { 'Erasure Request': items([{ 'Email address': address }]) },
		[EXAMPLES.newUserToSlack]: {
			'Clerk Trigger': items([event]),
			'Post to Slack': items([{ data: 'ok' }]),
		},
		[EXAMPLES.newUser]: {
			'Clerk Trigger': items([event]),
			'Send to CRM': items([{ received: true }]),
		},
	};
}

/**
 * Imports every example, with credentials and, for a simulated Clerk, with pinned data.
 *
 * @param {import('./api').Api} api
 * @param {object} options
 * @param {import('./api').Credential} options.credential of Clerk
 * @param {Parameters<typeof createCredentials>[1]} options.mailbox
 * @param {State} [options.state] of a simulated Clerk
 * @param {string} [options.files] the folder in which workflows may write files
 * @param {Record<string, Record<string, Record<string, any>>>} [options.parameters] by the example's file and the node's name
 * @returns {Promise<Map<string, import('./api').Workflow & { id: string }>>} by the example's file
 */
async function importExamples(api, { credential, mailbox, state, files = '', parameters = {} }) {
	const credentials = [credential, ...(await createCredentials(api, mailbox))];
	const pinned = state ? pinnedData(state) : {};
	const fileName = join(files, 'clerk-configuration.json');
	/** @type {typeof parameters} */
	const own = files ? { [EXAMPLES.configurationFile]: { 'Write the File': { fileName } } } : {};
	const imported = new Map();
	for (const file of Object.values(EXAMPLES)) {
		const filledIn = { parameters: parameters[file] ?? own[file], pinData: pinned[file] };
		imported.set(file, await importExample(api, file, credentials, filledIn));
	}
	return imported;
}

module.exports = { importExamples };
