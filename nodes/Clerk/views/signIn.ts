import { called, deep, each, view } from '../engine/operation/view';
import { session } from './session';

/** What lets somebody in, or is on the way there. The payload of an actor keeps the keys it was given. */

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
	deep('verifications'),
	'createdSessionId',
	'createdUserId',
	'locale',
	'legalAcceptedAt',
	'abandonAt',
	'publicMetadata',
	'unsafeMetadata',
	deep('externalAccount'),
]);

/** Whoever opens it is signed in, so it is marked, under a name that no harmless address has. */
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
