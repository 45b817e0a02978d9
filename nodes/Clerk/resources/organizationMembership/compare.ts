import { defineSet } from '../../engine/operation';
import { comparison, LIST_NOTICE, MEMBERSHIP_ID_FIELDS } from '../../fields/compare';
import { prepareCompare } from '../../jobs/compare/form';
import { MEMBERSHIPS } from '../../jobs/compare/kinds';

export const compare = defineSet({
	name: 'Compare With a List',
	value: 'compare',
	action: 'Compare organization memberships with a list',
	description:
		'Compare the memberships of all organizations with the input, such as the rows of a database: outputs those that are missing there, changed or gone, and a summary; changes nothing',
	notice: LIST_NOTICE,
	writes: false,
	takesRows: true,
	view: MEMBERSHIPS.view,
	form: [...MEMBERSHIP_ID_FIELDS, ...comparison],
	prepareAll: ([form], _, input) => prepareCompare(MEMBERSHIPS, form, input),
});
