import type { Field } from '../engine/operation';

/** Fields that the forms of several jobs have. */

/** On by default, for jobs that change many records at once. */
export const dryRun: Field = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: true,
	section: 'form',
	once: true,
	description: 'Whether to only show what would be done, and change nothing',
};

/** Off by default, for jobs that change one record, as other writes do. */
export const dryRunOffByDefault: Field = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: false,
	// So that an expression without a value is rejected, and does not turn it off.
	required: true,
	description: 'Whether to only show what would be done, and change nothing',
};
