'use strict';

const { subscribe } = require('../records/billing');
const { newPrice, plantPlan } = require('../records/catalogue');
const { newJwtTemplate } = require('../records/jwtTemplate');
const { grantTokens, newOAuthApplication } = require('../records/oauthApplication');

const DAY = 86_400_000;

/** @typedef {import('../state').State} State */

const pro = { slug: 'pro', name: 'Pro', fee: 1200, payer: /** @type {const} */ ('user') };
const team = { slug: 'team', name: 'Team', fee: 9900, payer: /** @type {const} */ ('org') };

/** What the company sells, the services it makes tokens for, and who signs in with its accounts. @param {State} state */
function plantCatalogue(state) {
	for (const plan of [pro, team]) plantPlan(state, plan);
	newPrice(state, { plan_id: 'cplan_pro', amount: 900, description: 'Friends' });
	const [hiro] = state.users.where('email_address', 'hiro.tanaka@example.com');
	const now = state.clock();
	if (hiro) subscribe(state, hiro.id, pro, now - 3 * DAY, now + 11 * DAY);

	const claims = { 'https://hasura.io/jwt/claims': { 'x-hasura-user-id': '{{user.id}}' } };
	state.jwtTemplates.insert(newJwtTemplate(state, { name: 'hasura', claims, lifetime: 600 }));

	const [ada] = state.users.where('email_address', 'ada.berg@example.com');
	const portal = newOAuthApplication(state, {
		name: 'Partner Portal',
		redirect_uris: ['https://portal.example/callback'],
	});
	state.oauthApplications.insert(portal);
	if (ada) grantTokens(state, portal, ada.id, ['oat_sandbox_ada', 'ort_sandbox_ada']);
	const phone = { name: 'Phone App', redirect_uris: ['phone://callback'], public: true };
	state.oauthApplications.insert(newOAuthApplication(state, phone));
}

module.exports = { plantCatalogue, pro, team };
