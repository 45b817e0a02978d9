import { defineProcedure } from '../../engine/operation';
import { kinds } from '../../fields/configuration';
import { exportConfiguration as runExport } from '../../jobs/configuration/export';
import { chosenKinds } from '../../jobs/configuration/kinds';

export const exportConfiguration = defineProcedure({
	name: 'Export Configuration',
	value: 'exportConfiguration',
	action: 'Export configuration of instance',
	description:
		'Get roles, permissions, JWT templates, redirect URLs and settings, an item for each record, to keep in a file or apply to another instance. Secrets are not in it; changes nothing.',
	writes: false,
	form: [kinds],
	prepare: ({ values }) => ({
		execute: async (context) => await runExport(chosenKinds(values.kinds), context),
	}),
});
