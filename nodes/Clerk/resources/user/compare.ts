import { defineSet } from '../../engine/operation';
import { comparison, ID_FIELD, LIST_NOTICE } from '../../fields/compare';
import { userFilters } from '../../fields/userFilters';
import { prepareCompare } from '../../jobs/compare/form';
import { USERS } from '../../jobs/compare/kinds';

export const compare = defineSet({
	name: 'Compare With a List',
	value: 'compare',
	action: 'Compare users with a list',
	description: 'Compare all users with a list: what is missing, changed or gone. Changes nothing.',
	notice: LIST_NOTICE,
	writes: false,
	takesRows: true,
	view: USERS.view,
	form: [ID_FIELD, ...comparison],
	query: userFilters,
	prepareAll: ([form], _, input) => prepareCompare(USERS, form, input, userFilters),
});
