import { listed } from './listed';
import { byId } from './modes';

/** Clerk lists the M2M tokens of one machine at a time, so the form has a Machine beside the token. */
export const m2mToken = listed({
	noun: 'M2M token',
	displayName: 'M2M Token',
	parameter: 'm2mTokenId',
	...byId('mt_f7f0ba8c3b4843ce7d85fcdd5e71853e'),
	method: 'searchM2mTokens',
	title: "the machine's tokens",
	path: '/m2m_tokens',
	within: { subject: 'machineId' },
	query: { subject: '{subject}' },
	label: ({ id, expiration: at }) =>
		`${String(id)}, ${typeof at === 'number' ? `valid until ${new Date(at).toISOString()}` : 'does not expire'}`,
});
