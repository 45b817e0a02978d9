import { NodeHelpers } from 'n8n-workflow';
import type { INode, INodeParameters, INodeProperties } from 'n8n-workflow';

import { Clerk } from '../../nodes/Clerk/Clerk.node';
import { fieldsByLocation } from '../../nodes/Clerk/engine/operation';
import { resources } from '../../nodes/Clerk/resources';
import { errorResponse, response, run } from '../support/scripted';

/** Optional fields that the form itself shows, since most people fill them in. */

const create = { resource: 'user', operation: 'create', options: {} };

const bodyOf = async (parameters: object) => {
	const { sent } = await run({ parameters: { ...create, ...parameters } }, () => response(200, {}));
	return JSON.parse(String(sent[0].body)) as unknown;
};

it('the operations that are used most show their usual fields on the form', () => {
	const shown = resources.flatMap((resource) =>
		resource.operations.flatMap((operation) =>
			fieldsByLocation(operation)
				.flatMap(([, fields]) => fields)
				.filter(({ alsoOnForm }) => alsoOnForm)
				.map(({ name }) => `${resource.value}.${operation.value} ${name}`),
		),
	);
	expect(shown).toEqual([
		'user.create emailAddress',
		'user.create firstName',
		'user.create lastName',
		'user.create password',
		'user.upsert firstName',
		'user.upsert lastName',
		'organization.create createdBy',
		'organization.create slug',
		'organizationInvitation.create inviterUserId',
		'organizationInvitation.create redirectUrl',
		'organizationInvitation.createMany inviterUserId',
		'organizationInvitation.createMany redirectUrl',
		'invitation.create redirectUrl',
		'invitation.createMany redirectUrl',
	]);
});

describe('a field that the form shows beside its entry in a collection', () => {
	it.each([
		['on the form', { firstName: 'Ada', additionalFields: {} }],
		['in the collection, as older workflows have it', { additionalFields: { firstName: 'Ada' } }],
		['in both, one of them empty', { firstName: ' ', additionalFields: { firstName: 'Ada' } }],
		['in both, the other one empty', { firstName: 'Ada', additionalFields: { firstName: '' } }],
	])('is sent where it is filled in %s', async (_, parameters) => {
		expect(await bodyOf(parameters)).toEqual({ first_name: 'Ada' });
	});

	it.each(['', ' ', null, undefined])('is not sent where the form has %j', async (firstName) => {
		const parameters = { firstName, lastName: 'Lovelace', additionalFields: {} };
		expect(await bodyOf(parameters)).toEqual({ last_name: 'Lovelace' });
		const options = { emptyValues: 'send' };
		expect(await bodyOf({ ...parameters, options })).toEqual({ last_name: 'Lovelace' });
	});

	it('is rejected where both have a value', async () => {
		const parameters = { ...create, firstName: 'Ada', additionalFields: { firstName: 'Eva' } };
		const { fault, sent } = await run({ parameters }, () => response(200, {}));
		expect(fault.message).toContain('First Name is filled in twice');
		expect(sent).toEqual([]);
	});

	it('is checked like any other', async () => {
		const parameters = { ...create, emailAddress: 'ada', additionalFields: {} };
		const { fault } = await run({ parameters }, () => response(200, {}));
		expect(fault.message).toContain('Email Address needs an email address');
	});

	it('is masked in messages where it is secret', async () => {
		const parameters = { ...create, password: 'hunter2-hunter2', additionalFields: {} };
		const entry = { code: 'form_password_pwned', message: 'hunter2-hunter2 was leaked' };
		const { fault } = await run({ parameters }, () => errorResponse(422, [entry]));
		expect(`${fault.message} ${fault.description}`).not.toContain('hunter2');
	});

	it('can be a record', async () => {
		const parameters = {
			resource: 'organization',
			operation: 'create',
			name: 'Acme',
			createdBy: { __rl: true, mode: 'list', value: 'user_1' },
			additionalFields: {},
		};
		expect(await bodyOf(parameters)).toEqual({ name: 'Acme', created_by: 'user_1' });
		const none = { ...parameters, createdBy: { __rl: true, mode: 'list', value: '' } };
		expect(await bodyOf(none)).toEqual({ name: 'Acme' });
	});
});

describe('the entry in the collection, in n8n', () => {
	const { description } = new Clerk();
	const node: INode = {
		id: '1',
		name: 'Clerk',
		type: 'n8n-nodes-clerk.clerk',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};

	/** Returns the parameters that n8n keeps for a run. */
	const kept = (parameters: INodeParameters) =>
		NodeHelpers.getNodeParameters(
			description.properties,
			parameters,
			true,
			false,
			node,
			description,
		)?.additionalFields;

	it.each(['Ada', '={{ $json.name }}', ''])(
		'is kept for a workflow that has it: %j',
		(firstName) => {
			const additionalFields = { firstName };
			expect(kept({ ...create, additionalFields })).toEqual(additionalFields);
			expect(kept({ ...create, operation: 'upsert', additionalFields })).toEqual(additionalFields);
		},
	);

	const offered = (operation: string, additionalFields: INodeParameters) => {
		const parameters = { ...create, operation, additionalFields };
		const collection = description.properties.find(
			(property) =>
				property.name === 'additionalFields' &&
				NodeHelpers.displayParameter(parameters, property, node, description),
		);
		const entries = (collection?.options ?? []) as INodeProperties[];
		return entries
			.filter((entry) =>
				NodeHelpers.displayParameterPath(
					{ parameters },
					entry,
					'parameters.additionalFields',
					node,
					description,
				),
			)
			.map(({ name }) => name);
	};

	it('is not offered for a new user, whose field is on the form', () => {
		expect(offered('create', {})).not.toContain('firstName');
		expect(offered('create', {})).toContain('username');
		expect(offered('create', { firstName: '' })).toContain('firstName');
	});

	it('is offered where it can clear the field of a user who exists', () => {
		expect(offered('upsert', {})).toContain('firstName');
	});
});
