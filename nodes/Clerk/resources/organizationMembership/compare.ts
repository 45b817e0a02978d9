import { defineSet } from '../../engine/operation';
import { comparison, LIST_NOTICE, MEMBERSHIP_ID_FIELDS } from '../../fields/compare';
import { prepareCompare } from '../../jobs/compare/form';
import { MEMBERSHIPS } from '../../jobs/compare/kinds';

export const compare = defineSet({
	name: 'Compare With a List',
	value: 'compare',
	action: 'Compare organization memberships with a list',
	description:
		'Compare all memberships with a list: what is missing, changed or gone. Changes nothing.',
	notice: LIST_NOTICE,
	writes: false,
	takesRows: true,
	view: MEMBERSHIPS.view,
	form: [...MEMBERSHIP_ID_FIELDS, ...comparison],
	prepareAll: ([form], _, input) => prepareCompare(MEMBERSHIPS, form, input),
});
