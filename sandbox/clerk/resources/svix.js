'use strict';

const { refusal } = require('../errors');

/** @typedef {import('../state').State} State */

/** @param {State} state @param {boolean} wanted */
function mustBe({ settings }, wanted) {
	if (settings.instance.svix === wanted) return;
	const message = wanted ? 'There is no Svix app.' : 'There is a Svix app already.';
	throw refusal(400, wanted ? 'svix_app_missing' : 'svix_app_exists', message);
}

/** @param {State} state */
const link = (state) => ({
	svix_url: `https://app.svix.sandbox.example/login#key=${state.newId('key')}`,
});

/** @type {import('../server').Routes} */
module.exports = {
	'POST /webhooks/svix': {
		respond: ({ state }) => {
			mustBe(state, false);
			state.settings.instance.svix = true;
			return link(state);
		},
	},
	'POST /webhooks/svix_url': {
		respond: ({ state }) => {
			mustBe(state, true);
			return link(state);
		},
	},
	'DELETE /webhooks/svix': {
		status: 204,
		respond: ({ state }) => {
			mustBe(state, true);
			state.settings.instance.svix = false;
		},
	},
};
