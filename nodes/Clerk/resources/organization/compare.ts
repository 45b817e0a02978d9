import { defineSet } from '../../engine/operation';
import { comparison, ID_FIELD, LIST_NOTICE } from '../../fields/compare';
import { prepareCompare } from '../../jobs/compare/form';
import { ORGANIZATIONS } from '../../jobs/compare/kinds';
import { getAll } from './getAll';

/** Those of the list that select organizations. */
const filters = (getAll.query ?? []).filter(({ name }) =>
	['organizationId', 'query', 'userId'].includes(name),
);

export const compare = defineSet({
	name: 'Compare With a List',
	value: 'compare',
	action: 'Compare organizations with a list',
	description:
		'Compare all organizations with a list: what is missing, changed or gone. Changes nothing.',
	notice: LIST_NOTICE,
	writes: false,
	takesRows: true,
	view: ORGANIZATIONS.view,
	form: [ID_FIELD, ...comparison],
	query: filters,
	prepareAll: ([form], _, input) => prepareCompare(ORGANIZATIONS, form, input, filters),
});
