'use strict';

const DAY = 86_400_000;

/**
 * @typedef {object} TicketRow what lets somebody in once: a sign-in token or an actor token
 * @property {string} id
 * @property {'pending' | 'accepted' | 'revoked'} status
 * @property {string} user_id
 * @property {Record<string, unknown>} [actor]
 * @property {string} token
 * @property {string} url
 * @property {number} created_at
 * @property {number} updated_at
 *
 * @typedef {object} AgentTaskRow
 * @property {string} id
 * @property {string} agent_id
 * @property {'pending' | 'revoked'} status
 * @property {string} url
 * @property {number} created_at
 * @property {number} updated_at
 *
 * @typedef {object} SignUpRow
 * @property {string} id
 * @property {'missing_requirements' | 'complete' | 'abandoned'} status
 * @property {string | null} email_address
 * @property {string[]} missing_fields
 * @property {string[]} unverified_fields
 * @property {boolean} custom_action
 * @property {string | null} external_id
 * @property {string | null} created_user_id
 * @property {number} created_at
 * @property {number} updated_at
 */

/** @typedef {import('../state').State} State */

/** @param {State} state @param {string} prefix @param {{ user_id: string, actor?: Record<string, unknown> }} fields @returns {TicketRow} */
function newTicket(state, prefix, fields) {
	const id = state.newId(prefix);
	const token = Buffer.from(JSON.stringify({ id, sub: fields.user_id })).toString('base64url');
	return {
		id,
		status: 'pending',
		...fields,
		token,
		url: `https://clerk.sandbox.example/v1/tickets/accept?ticket=${token}`,
		created_at: state.clock(),
		updated_at: state.clock(),
	};
}

/** The agent is the same for the same name. @param {State} state @param {string} agentName @returns {AgentTaskRow} */
function newAgentTask(state, agentName) {
	const id = state.newId('agt_task');
	return {
		id,
		agent_id: `agt_${Buffer.from(agentName).toString('hex')}`,
		status: 'pending',
		url: `https://clerk.sandbox.example/v1/tickets/accept?ticket=${id}`,
		created_at: state.clock(),
		updated_at: state.clock(),
	};
}

/** Only who creates a task learns its link. @param {AgentTaskRow} task */
const presentAgentTask = ({ id, agent_id, status, url }) => ({
	object: 'agent_task',
	agent_id,
	agent_task_id: id,
	task_id: id,
	...(status === 'pending' && { url }),
});

/** @param {State} state @param {Partial<SignUpRow>} fields @returns {SignUpRow} */
function newSignUp(state, fields) {
	const at = fields.created_at ?? state.clock();
	return {
		status: 'missing_requirements',
		email_address: null,
		missing_fields: [],
		unverified_fields: [],
		custom_action: false,
		external_id: null,
		created_user_id: null,
		created_at: at,
		updated_at: at,
		...fields,
		id: state.newId('sua', at),
	};
}

/** @param {SignUpRow} signUp */
function presentSignUp({ created_at, updated_at, ...shown }) {
	const isLeft = shown.unverified_fields.includes('email_address');
	const none = { next_action: '', supported_strategies: [] };
	return {
		object: 'sign_up_attempt',
		...shown,
		required_fields: ['email_address', 'password'],
		optional_fields: ['first_name', 'last_name'],
		verifications: {
			email_address: isLeft
				? { next_action: 'needs_prepare', supported_strategies: ['email_code'] }
				: none,
			phone_number: none,
			web3_wallet: none,
			external_account: null,
		},
		username: null,
		phone_number: null,
		web3_wallet: null,
		password_enabled: shown.status === 'complete',
		first_name: null,
		last_name: null,
		unsafe_metadata: {},
		public_metadata: {},
		created_session_id: null,
		abandon_at: created_at + DAY,
		legal_accepted_at: null,
		locale: null,
	};
}

module.exports = { newAgentTask, newSignUp, newTicket, presentAgentTask, presentSignUp };
