import type { Field } from '../engine/operation';

export const expiresIn: Field = {
	displayName: 'Expires in Seconds',
	name: 'secondsUntilExpiration',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 86_400, numberPrecision: 0 },
	default: 3600,
	description: 'How long the token is valid, up to 86400 (one day)',
};
