import { defineProcedure } from '../../engine/operation';
import { kinds } from '../../fields/configuration';
import { exportConfiguration as runExport } from '../../jobs/configuration/export';
import { chosenKinds } from '../../jobs/configuration/kinds';

export const exportConfiguration = defineProcedure({
	name: 'Export Configuration',
	value: 'exportConfiguration',
	action: 'Export configuration of instance',
	description:
		'Get roles, permissions, templates, URLs and settings, without secrets, one item per record',
	writes: false,
	form: [kinds],
	prepare: ({ values }) => ({
		execute: async (context) => await runExport(chosenKinds(values.kinds), context),
	}),
});
