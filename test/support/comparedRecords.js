'use strict';

const { RequestError } = require('../../nodes/Clerk/engine/http/outcome');

/**
 * Users, organizations or memberships of Clerk's in memory, with the lists that a comparison reads.
 *
 * @typedef {{ id: string, organizationId: string, userId: string, created_at: number, updated_at: number, public_metadata?: Record<string, unknown> }} Row
 * @typedef {import('../../nodes/Clerk/engine/operation').ApiRequest} Request
 *
 * @typedef {object} Options
 * @property {(count: number, request: Request) => void} [before] called before each response but the first, which tells the instance
 * @property {(rows: Row[], request: Request) => Row[]} [cut] the rows of a response
 */

/** @param {Row} row @returns {object} */
const presentMembership = ({ id, organizationId, userId, ...times }) => ({
	object: 'organization_membership',
	id,
	organization: { id: organizationId },
	public_user_data: { user_id: userId },
	...times,
});

/** @param {Row} row @returns {object} */
const presentRecord = ({ id, created_at, updated_at, public_metadata }) => ({
	id,
	created_at,
	updated_at,
	public_metadata,
});

/** @param {string} path */
const notFound = (path) =>
	new RequestError({
		kind: 'response',
		status: 404,
		body: { errors: [{ code: 'resource_not_found', message: 'not found' }] },
		request: { method: 'GET', path },
	});

/** @param {Row[]} rows changed by tests while they are read @param {Options} [options] */
function comparedRecords(rows, { before = () => {}, cut = (all) => all } = {}) {
	let count = 0;

	/** @param {Request} request */
	async function send(request) {
		const { path, query = {} } = request;
		if (path === '/instance') return { object: 'instance', id: 'ins_1' };
		before(count++, request);
		const [, organizationId] = /^\/organizations\/([^/]+)\/memberships$/.exec(path) ?? [];
		const isMembership = path.endsWith('memberships');
		const inPath = rows.filter((row) => !organizationId || row.organizationId === organizationId);
		// An organization without members may have been deleted.
		if (organizationId && inPath.length === 0) throw notFound(path);
		const asked = query.user_id ?? query.organization_id;
		const idOf = (/** @type {Row} */ row) => (isMembership ? row.userId : row.id);
		const found = inPath
			.filter((row) => !Array.isArray(asked) || asked.includes(idOf(row)))
			.sort((a, b) => b.created_at - a.created_at || (a.id < b.id ? -1 : 1));
		const page = cut(found, request)
			.slice(Number(query.offset ?? 0))
			.slice(0, Number(query.limit));
		const data = page.map(isMembership ? presentMembership : presentRecord);
		return path === '/users' ? data : { data, total_count: found.length };
	}

	/** Of a procedure, as far as a comparison uses it. */
	const context = {
		send,
		concurrency: 5,
		/** @param {any[]} values @param {(value: any) => Promise<void>} work */
		async forEachConcurrently(values, work) {
			await Promise.all(values.map(work));
		},
		now: () => Date.UTC(2026, 0, 1),
	};
	return { context: /** @type {any} */ (context) };
}

module.exports = { comparedRecords };
