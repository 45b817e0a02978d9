import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';

import { Clerk } from '../../nodes/Clerk/Clerk.node';
import { optionsOf } from '../../nodes/Clerk/engine/form/options';
import { readOptions } from '../../nodes/Clerk/engine/input/readOptions';
import { resources } from '../../nodes/Clerk/resources';
import { ClerkPollingTrigger } from '../../nodes/ClerkPollingTrigger/ClerkPollingTrigger.node';
import { ClerkTrigger } from '../../nodes/ClerkTrigger/ClerkTrigger.node';

/** Switches that are off when they are added, by `collection.name`, each with the reason. */
const OFF_WHEN_ADDED: Record<string, string> = {
	'options.allowEmptying':
		'It lets an organization lose all its members, so it takes a second step: adding it and turning it on.',
};

const nodes: Array<[string, INodeTypeDescription]> = [
	['Clerk', new Clerk().description],
	['Clerk Trigger', new ClerkTrigger().description],
	['Clerk Polling Trigger', new ClerkPollingTrigger().description],
];

/** Returns the switches that users can add, as `collection.name`, with what adding them gives. */
const switchesOf = ({ properties }: INodeTypeDescription): Array<[string, unknown]> =>
	properties
		.filter(({ type }) => type === 'collection')
		.flatMap(({ name, options = [] }) =>
			(options as INodeProperties[])
				.filter(({ type }) => type === 'boolean')
				.map((field): [string, unknown] => [`${name}.${field.name}`, field.default]),
		);

describe('a switch in a collection', () => {
	it.each(nodes)('of %s is on when it is added, unless a reason is listed', (_, description) => {
		const off = switchesOf(description).filter(
			([name, value]) => value !== true && !Object.hasOwn(OFF_WHEN_ADDED, name),
		);
		expect(off).toEqual([]);
	});

	it('with a listed reason is on a form, and off', () => {
		const names = nodes.flatMap(([, description]) => switchesOf(description));
		for (const name of Object.keys(OFF_WHEN_ADDED)) expect(names).toContainEqual([name, false]);
	});
});

describe('a switch in Options that was not added', () => {
	const operations = resources.flatMap((resource) =>
		resource.operations.map((operation) => [resource.value, operation.value, operation] as const),
	);

	it('is off, whatever adding it gives', () => {
		const checked = operations.flatMap(([, , operation]) => {
			const options = readOptions(operation, () => ({}));
			const switches = optionsOf(operation).filter(({ type }) => type === 'boolean');
			for (const { name } of switches) expect([name, options[name]]).toEqual([name, false]);
			return switches.map(({ name }) => name);
		});
		expect(new Set(checked)).toEqual(
			new Set([
				...['dryRun', 'allowEmptying', 'allowProduction', 'inviteMissing', 'matchUnverified'],
				...['revokeInvitations', 'primary', 'verified'],
			]),
		);
	});
});
