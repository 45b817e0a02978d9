import type { Field } from '../engine/operation';

/** What the forms of the jobs share. */

/** On the form, and on by default: a job does much at once. */
export const dryRun: Field = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: true,
	section: 'form',
	once: true,
	description: 'Whether to only show what would be done, and change nothing',
};

/** Off by default where a job changes one record, like every plain write. */
export const dryRunIfWanted: Field = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: false,
	// What an expression left empty must not be carried out.
	required: true,
	description: 'Whether to only show what would be done, and change nothing',
};
