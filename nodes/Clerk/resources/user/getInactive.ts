import { DATE_FORMAT, LIMIT, RETURN_ALL } from '../../engine/form/commonFields';
import { defineProcedure } from '../../engine/operation';
import { inactivity } from '../../fields/inactive';
import { getInactive as runGetInactive } from '../../jobs/getInactive/job';
import { parseCriteria } from '../../jobs/shared/inactivity';

export const getInactive = defineProcedure({
	name: 'Find Inactive',
	value: 'getInactive',
	action: 'Find inactive users',
	description:
		'List users who have not been active, or not signed in, for a number of days; changes nothing',
	writes: false,
	form: [...inactivity, { ...RETURN_ALL, section: 'form' }, { ...LIMIT, section: 'form' }],
	options: [DATE_FORMAT],
	prepare: ({ values, options: { dateFormat } }) => {
		const criteriaAt = parseCriteria(values);
		const limit = values.returnAll === true ? Infinity : Number(values.limit ?? LIMIT.default);
		return {
			async execute(context) {
				const now = context.now();
				return await runGetInactive(criteriaAt(now), { limit, dateFormat }, context, now);
			},
		};
	},
});
