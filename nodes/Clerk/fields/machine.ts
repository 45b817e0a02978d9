import type { Field } from '../engine/operation';
import { locate } from './locators';

/** Fields of a machine: a service of the user's that calls others. */

export const machineId = locate('machine', {
	required: true,
	description: 'The machine, from the list or by ID',
});

export const machineName: Field = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Billing worker',
	description: 'The name of the machine, up to 255 characters',
};

export const defaultTokenTtl: Field = {
	displayName: 'Token Lifetime (Seconds)',
	name: 'defaultTokenTtl',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 315_360_000, numberPrecision: 0 },
	default: 3600,
	description: "How long the machine's tokens are valid by default",
};
