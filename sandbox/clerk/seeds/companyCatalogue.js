'use strict';

const { subscribe } = require('../records/billing');
const { plantPlan, prices } = require('../resources/billingCatalogue');
const { grantTokens, make: makeApplication } = require('../resources/oauthApplications');
const { jwtTemplates } = require('../resources/templates');

const DAY = 86_400_000;

const pro = { slug: 'pro', name: 'Pro', fee: 1200, payer: /** @type {const} */ ('user') };
const team = { slug: 'team', name: 'Team', fee: 9900, payer: /** @type {const} */ ('org') };

/** What the company sells, the services it makes tokens for, and who signs in with its accounts. @param {State} state */
function plantCatalogue(state) {
	for (const plan of [pro, team]) plantPlan(state, plan);
	prices.make(state, { plan_id: 'cplan_pro', amount: 900, description: 'Friends' });
	const [hiro] = state.users.where('email_address', 'hiro.tanaka@example.com');
	const now = state.clock();
	if (hiro) subscribe(state, hiro.id, pro, now - 3 * DAY, now + 11 * DAY);

	const claims = { 'https://hasura.io/jwt/claims': { 'x-hasura-user-id': '{{user.id}}' } };
	jwtTemplates.make(state, { name: 'hasura', claims, lifetime: 600 });

	const [ada] = state.users.where('email_address', 'ada.berg@example.com');
	const portal = makeApplication(state, {
		name: 'Partner Portal',
		redirect_uris: ['https://portal.example/callback'],
	});
	if (ada) grantTokens(state, portal, ada.id, ['oat_sandbox_ada', 'ort_sandbox_ada']);
	makeApplication(state, {
		name: 'Phone App',
		redirect_uris: ['phone://callback'],
		public: true,
	});
}

module.exports = { plantCatalogue, pro, team };
