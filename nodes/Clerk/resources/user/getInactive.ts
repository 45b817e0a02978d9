import type { IDataObject } from 'n8n-workflow';

import { LIMIT, RETURN_ALL } from '../../engine/form/commonFields';
import { defineProcedure } from '../../engine/operation';
import { simplify } from '../../engine/operation/view';
import { inactivity } from '../../fields/inactive';
import { readCriteria, readInactive } from '../../jobs/cleanUp/inactive';
import { user as view } from '../../views/user';

export const getInactive = defineProcedure({
	name: 'Find Inactive',
	value: 'getInactive',
	action: 'Find inactive users',
	description:
		'List users who were not active, or did not sign in, for a number of days, each with how many days and why; changes nothing',
	writes: false,
	form: [...inactivity, { ...RETURN_ALL, section: 'form' }, { ...LIMIT, section: 'form' }],
	prepare: ({ values }) => {
		const criteriaAt = readCriteria(values);
		const limit = values.returnAll === true ? Infinity : Number(values.limit ?? LIMIT.default);
		return {
			async execute(tools) {
				const now = tools.now();
				const records: IDataObject[] = [];
				for await (const { chosen } of readInactive(criteriaAt(now), tools, now)) {
					for (const { user, inactiveDays, reason } of chosen) {
						if (records.length === limit) return { records, isTruncated: true };
						records.push({ ...simplify(user, view), inactiveDays, reason });
					}
				}
				return { records };
			},
		};
	},
});
