import { defineOperation, defineResource, one } from '../../../nodes/Clerk/engine/operation';
import type { Route } from '../../../nodes/Clerk/engine/operation';
import { defineProcedure } from '../../../nodes/Clerk/engine/operation';
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

describe('the operation that a request is', () => {
	it.each([
		['GET', '/things/thing_1', get, { thing_id: 'thing_1' }],
		['GET', '/things/count', count, {}],
		['DELETE', '/things/count', remove, { thing_id: 'count' }],
		['GET', '/things/a%2Fb', get, { thing_id: 'a/b' }],
		['GET', '/things/{thing_id}', get, { thing_id: '{thing_id}' }],
		['GET', '/things/t/parts/p', part, { thing_id: 't', part_id: 'p' }],
		['GET', '/things/t/parts/whole', whole, { thing_id: 't' }],
	])('%s %s is found, with its values', (method, path, mapping, values) => {
		expect(findMapping(method, path, resources)).toEqual({ mapping, resource, values });
	});

	it.each([
		['POST', '/things/thing_1'],
		['GET', '/things'],
		['GET', '/things/t/parts'],
		['GET', '/others/thing_1'],
		['GET', '/things/t/parts/p/more'],
		['GET', ''],
	])('%s %s is none', (method, path) => {
		expect(findMapping(method, path, resources)).toBeUndefined();
	});
});

describe('an ID that is a word of another route', () => {
	it('is refused, by the label of its field', () => {
		const rivals = routeConflicts(get, resources);
		expect(rivals).toHaveLength(1);
		expect(() => rejectRouteConflicts('/things/count', rivals)).toThrow(
			'Thing must not be "count", which is a route of its own',
		);
		expect(() => rejectRouteConflicts('/things/COUNT', rivals)).toThrow('Thing must not be');
		expect(() => rejectRouteConflicts('/things/counts', rivals)).not.toThrow();
	});

	it('is refused at the place that it would change, by its name where the form has no field for it', () => {
		const rivals = routeConflicts(part, resources);
		expect(() => rejectRouteConflicts('/things/count/parts/p', rivals)).not.toThrow();
		expect(() => rejectRouteConflicts('/things/t/parts/whole', rivals)).toThrow(
			'{part_id} must not be "whole"',
		);
	});

	it('is no matter for other methods, nor for what is several requests', () => {
		expect(routeConflicts(remove, resources)).toEqual([]);
		expect(routeConflicts(count, resources)).toEqual([]);
		expect(routeConflicts(sweep, resources)).toEqual([]);
	});
});
