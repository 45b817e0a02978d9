import { nested, view } from '../engine/operation/view';

const fields = [
	'id',
	'name',
	'defaultTokenTtl',
	nested('scopedMachines'),
	'instanceId',
	'createdAt',
	'updatedAt',
];

export const machine = view('machines', fields);

/** A new machine: the response to Create includes its secret key. */
export const newMachine = view('machines', ['id', 'name', 'secretKey', ...fields.slice(2)]);

export const machineSecretKey = view('machineSecretKeys', ['secret', 'object']);

/** A scope: which machine may call which other. */
export const machineScope = view('machineScopes', [
	'fromMachineId',
	'toMachineId',
	'createdAt',
	'object',
]);

export const deletedMachineScope = view('machineScopes', [
	'fromMachineId',
	'toMachineId',
	'deleted',
	'object',
]);
