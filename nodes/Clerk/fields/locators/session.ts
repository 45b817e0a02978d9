import type { Locator } from '../../engine/operation';
import { readAnswer } from '../../engine/paging';
import { byId, contains } from './modes';

const PAGE = 50;

/** Clerk lists sessions of one user only, so the form has a User beside the session. */
export const session: Locator = {
	noun: 'session',
	displayName: 'Session',
	parameter: 'sessionId',
	idMode: byId('sess_2NNEqL2nrIRdJ194ndJqAHwEfxC'),
	search: {
		method: 'searchSessions',
		title: 'sessions',
		async run({ filter, page, chosen, fetch }) {
			const offset = Number(page ?? 0);
			const query = { user_id: await chosen('userId'), paginated: true, limit: PAGE, offset };
			const { rows } = readAnswer(await fetch({ method: 'GET', path: '/sessions', query }));
			const results = rows.map(({ id, status, last_active_at: at }) => ({
				name: `${String(status)}, ${typeof at === 'number' ? `last active ${new Date(at).toISOString()}` : 'never active'}`,
				value: String(id),
			}));
			return {
				results: results.filter(({ name, value }) => contains(`${name} ${value}`, filter)),
				paginationToken: rows.length === PAGE ? String(offset + PAGE) : undefined,
			};
		},
	},
};
