import { defineProcedure } from '../../engine/operation';
import { collectData as runCollectData } from '../../jobs/collectData/job';
import { readPerson } from '../../jobs/collectData/person';

export const collectData = defineProcedure({
	name: 'Collect Data About a User',
	value: 'collectData',
	action: 'Collect data about user',
	description:
		"List everything that Clerk's API has about a person, even a deleted user; changes nothing",
	writes: false,
	form: [
		{
			displayName: 'Person',
			name: 'person',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. user_2NNEqL2nrIRd…, ada@example.com',
			encode: 'list',
			description:
				'The user ID, email addresses, phone numbers and wallets of one person, separated by commas',
		},
		{
			displayName: 'Expect Nothing',
			name: 'expectNothing',
			type: 'boolean',
			default: false,
			section: 'form',
			description: 'Whether to fail unless every source was checked and has nothing',
		},
	],
	prepare: ({ values }) => {
		const person = readPerson(values.person as string[]);
		const expectsNothing = values.expectNothing === true;
		return {
			execute: async (context) => await runCollectData(person, expectsNothing, context),
		};
	},
});
