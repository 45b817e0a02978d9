import type { Field } from '../engine/operation';
import { KINDS } from '../jobs/configuration/kinds';

/** Fields of the jobs that export and apply the configuration of an instance. */

/** Without it, all kinds. */
export const onlyKinds: Field = {
	displayName: 'Only These Kinds',
	name: 'kinds',
	type: 'multiOptions',
	options: KINDS.map(({ label, name }) => ({ name: label, value: name })).sort((a, b) =>
		a.name < b.name ? -1 : 1,
	),
	default: [],
	neverEmpty: 'leaves nothing to read',
	description: 'Leaves the other kinds of records out',
};
