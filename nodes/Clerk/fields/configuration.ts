import type { Field } from '../engine/operation';
import { KINDS } from '../jobs/configuration/kinds';

/** Fields of the jobs that export and apply the configuration of an instance. */

/** On the form of both, so that they share one property. */
export const kinds: Field = {
	displayName: 'Kinds',
	name: 'kinds',
	type: 'multiOptions',
	options: KINDS.map(({ label, name }) => ({ name: label, value: name })).sort((a, b) =>
		a.name < b.name ? -1 : 1,
	),
	default: [],
	section: 'form',
	description: 'Which kinds of records to include; all if you choose none',
};
