import { called, each, nested, view } from '../engine/operation/view';
import { session } from './session';

/** Clients, sign-ups and the tokens that sign a user in. The payload of `actor` keeps its own keys. */

export const client = view('clients', [
	'id',
	'object',
	'sessionIds',
	each('sessions', session.fields),
	'lastActiveSessionId',
	'lastAuthenticationStrategy',
	'signInId',
	'signUpId',
	'createdAt',
	'updatedAt',
]);

export const signUp = view('signUps', [
	'id',
	'object',
	'status',
	'emailAddress',
	'phoneNumber',
	'username',
	'firstName',
	'lastName',
	'externalId',
	'web3Wallet',
	'passwordEnabled',
	'customAction',
	'requiredFields',
	'optionalFields',
	'missingFields',
	'unverifiedFields',
	nested('verifications'),
	'createdSessionId',
	'createdUserId',
	'locale',
	'legalAcceptedAt',
	'abandonAt',
	'publicMetadata',
	'unsafeMetadata',
	nested('externalAccount'),
]);

/** Opening it signs in, so it is redacted, under a name that no other address has; see `SECRET_OUTPUTS`. */
const signInUrl = called('signInUrl', 'url');

export const signInToken = view('signInTokens', [
	'id',
	'object',
	'status',
	'userId',
	'token',
	signInUrl,
	'createdAt',
	'updatedAt',
]);

export const actorToken = view('actorTokens', [
	'id',
	'object',
	'status',
	'userId',
	'actor',
	'token',
	signInUrl,
	'createdAt',
	'updatedAt',
]);

export const agentTask = view('agentTasks', [
	'agentTaskId',
	'agentId',
	'object',
	signInUrl,
	'taskId',
]);

export const testingToken = view('testingTokens', ['token', 'expiresAt', 'object']);
