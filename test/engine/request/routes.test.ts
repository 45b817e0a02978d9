import {
	defineOperation,
	defineProcedure,
	defineResource,
	one,
} from '../../../nodes/Clerk/engine/operation';
import type { Route } from '../../../nodes/Clerk/engine/operation';
import {
	findMapping,
	rejectRouteConflicts,
	routeConflicts,
} from '../../../nodes/Clerk/engine/request/routes';
import { view } from '../../../nodes/Clerk/engine/operation/view';

const things = view('things', ['id']);

const operation = (value: string, request: Route) =>
	defineOperation({
		name: value,
		value,
		action: value,
		description: value,
		request,
		path: request.includes('{thing_id}')
			? [{ displayName: 'Thing', name: 'thingId', type: 'string', default: '' }]
			: [],
		returns: one(things),
	});

const get = operation('get', 'GET /things/{thing_id}');
const count = operation('count', 'GET /things/count');
const remove = operation('delete', 'DELETE /things/{thing_id}');
const part = operation('getPart', 'GET /things/{thing_id}/parts/{part_id}');
const whole = operation('getWhole', 'GET /things/{thing_id}/parts/whole');

const sweep = defineProcedure({
	name: 'Sweep',
	value: 'sweep',
	action: 'Sweep things',
	description: 'Sweep',
	form: [],
	writes: false,
	prepare: () => ({ execute: async () => await Promise.resolve({ records: [] }) }),
});

const resource = defineResource({
	name: 'Thing',
	value: 'thing',
	description: 'Things',
	operations: [get, count, remove, part, whole, sweep],
});
const resources = [
	defineResource({ name: 'Other', value: 'other', description: 'Others', operations: [] }),
	resource,
];

describe('findMapping', () => {
	it.each([
		['GET', '/things/thing_1', get, { thing_id: 'thing_1' }],
		['GET', '/things/count', count, {}],
		['DELETE', '/things/count', remove, { thing_id: 'count' }],
		['GET', '/things/a%2Fb', get, { thing_id: 'a/b' }],
		['GET', '/things/{thing_id}', get, { thing_id: '{thing_id}' }],
		['GET', '/things/t/parts/p', part, { thing_id: 't', part_id: 'p' }],
		['GET', '/things/t/parts/whole', whole, { thing_id: 't' }],
	])('returns the operation of %s %s with its values', (method, path, mapping, values) => {
		expect(findMapping(method, path, resources)).toEqual({ mapping, resource, values });
	});

	it.each([
		['POST', '/things/thing_1'],
		['GET', '/things'],
		['GET', '/things/t/parts'],
		['GET', '/others/thing_1'],
		['GET', '/things/t/parts/p/more'],
		['GET', ''],
	])('returns undefined for %s %s', (method, path) => {
		expect(findMapping(method, path, resources)).toBeUndefined();
	});
});

describe('rejectRouteConflicts', () => {
	it('rejects an ID that is a word of another route, with the label of its field', () => {
		const conflicts = routeConflicts(get, resources);
		expect(conflicts).toHaveLength(1);
		expect(() => rejectRouteConflicts('/things/count', conflicts)).toThrow(
			'Thing must not be "count", which is a separate route',
		);
		expect(() => rejectRouteConflicts('/things/COUNT', conflicts)).toThrow('Thing must not be');
		expect(() => rejectRouteConflicts('/things/counts', conflicts)).not.toThrow();
	});

	it('rejects the word only in its own segment, with the name where the form has no field', () => {
		const conflicts = routeConflicts(part, resources);
		expect(() => rejectRouteConflicts('/things/count/parts/p', conflicts)).not.toThrow();
		expect(() => rejectRouteConflicts('/things/t/parts/whole', conflicts)).toThrow(
			'{part_id} must not be "whole"',
		);
	});

	it('has no conflicts with other methods, nor for a procedure', () => {
		expect(routeConflicts(remove, resources)).toEqual([]);
		expect(routeConflicts(count, resources)).toEqual([]);
		expect(routeConflicts(sweep, resources)).toEqual([]);
	});
});
