import { listed } from './listed';
import { byId } from './modes';

export const machine = listed({
	noun: 'machine',
	displayName: 'Machine',
	parameter: 'machineId',
	...byId('mch_2xhFjEI5X2qWRvtV13BzSj8H6Dk'),
	method: 'searchMachines',
	title: 'machines',
	path: '/machines',
	searchedBy: 'query',
	label: ({ name }) => String(name),
});
