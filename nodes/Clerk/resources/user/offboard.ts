import { IF_NOT_FOUND } from '../../engine/form/commonFields';
import { defineProcedure, InvalidInputError } from '../../engine/operation';
import type { FormInput, OperationContext } from '../../engine/operation';
import { dryRun } from '../../fields/jobs';
import { locate } from '../../fields/locators';
import { afterwards, planOffboarding } from '../../jobs/offboard/plan';
import type { Measure, Step, Wish } from '../../jobs/offboard/plan';
import { readLeaver } from '../../jobs/offboard/read';
import type { Belonging } from '../../jobs/offboard/read';
import { apply, finish } from '../../jobs/shared/actions';
import type { Row } from '../../jobs/shared/actions';
import { ORGANIZATION_ID_OR_SLUG } from '../../fields/ids';

export const offboard = defineProcedure({
	name: 'Offboard',
	value: 'offboard',
	action: 'Offboard user to take access away',
	description:
		'Let a user go: sign them out, remove them from organizations, revoke invitations and API keys, then ban, lock or delete them. Gives one item a step; running it again is harmless. Shows what it would do unless Dry Run is off.',
	writes: true,
	notice:
		'This takes access away from a user, step by step, and most steps cannot be undone. Look at a Dry Run first, which is on until you turn it off.',
	form: [
		locate('user', { required: true }),
		dryRun,
		{
			displayName: 'Remove From',
			name: 'removeFrom',
			type: 'options',
			options: [
				{ name: 'All Organizations', value: 'all' },
				{ name: 'Chosen Organizations', value: 'chosen' },
				{ name: 'No Organization', value: 'none' },
			],
			default: 'all',
			required: true,
			description:
				'Which organizations the user is removed from. An organization keeps its last admin, unless somebody takes over.',
		},
		{
			displayName: 'Organizations',
			name: 'organizations',
			type: 'string',
			displayOptions: { show: { removeFrom: ['chosen'] } },
			default: '',
			kind: ORGANIZATION_ID_OR_SLUG,
			placeholder: 'e.g. acme-corp, org_2NNEqL2nrIRdJ194ndJqAHwEfxC',
			encode: 'list',
			section: 'form',
			description: 'IDs or slugs of organizations, separated by commas',
		},
		{
			displayName: 'Revoke',
			name: 'revoke',
			type: 'multiOptions',
			options: [
				{ name: 'API Keys', value: 'apiKeys' },
				{ name: 'Invitations', value: 'invitations' },
				{ name: 'Organization Invitations', value: 'organizationInvitations' },
				{ name: 'Sessions', value: 'sessions' },
			],
			default: ['apiKeys', 'invitations', 'organizationInvitations', 'sessions'],
			section: 'form',
			description:
				"What is revoked: the user's API keys and open sessions, and what is pending of the invitations to their verified addresses",
		},
		{
			displayName: 'What to Do',
			name: 'measure',
			type: 'options',
			options: [
				{ name: 'Ban', value: 'ban', description: 'Sign out, and let them sign in no more' },
				{
					name: 'Delete',
					value: 'delete',
					description: 'Delete for good, if all steps before were carried out',
				},
				{ name: 'Lock', value: 'lock', description: 'Let them sign in no more for a while' },
				{ name: 'Nothing', value: 'nothing', description: 'Leave the account as it is' },
			],
			default: 'ban',
			required: true,
			description: 'What becomes of the account in the end',
		},
		locate('user', {
			as: 'handOverTo',
			displayName: 'Hand Over To',
			description:
				'The user who takes over the role where the one who leaves is the last admin of an organization',
		}),
	],
	options: [{ ...IF_NOT_FOUND, description: 'What to do when there is no such user (any more)' }],
	prepare(filled) {
		const { values, item } = filled;
		const id = String(values.userId);
		const wish = wishOf(filled);
		const revoked = revokedOf(filled);
		// What an expression left empty must not be carried out.
		const isDryRun = values.dryRun !== false;
		return {
			// One after the other: of two admins who leave at once, each would find the other still there.
			target: 'offboarding',
			async execute(tools) {
				const leaver = await readLeaver(id, wish, revoked, tools);
				const plan = planOffboarding(leaver, wish).map((step) => ({ ...step, item }));
				if (!isDryRun) tools.ensureAllowed(plan.flatMap(({ requests }) => requests));
				return finish(await applyInStages(plan, tools, isDryRun));
			},
		};
	},
});

/**
 * What an expression left empty was not chosen; an empty list was, which `required` would refuse.
 *
 * @throws InvalidInputError
 */
function revokedOf({ values: { revoke } }: FormInput): Belonging[] {
	if (revoke !== undefined) return revoke as Belonging[];
	throw new InvalidInputError(
		'Revoke',
		'is empty. Give a list, which has no entries to revoke nothing',
	);
}

/** @throws InvalidInputError */
function wishOf({ values }: FormInput): Wish {
	const { removeFrom, organizations, handOverTo, measure, userId } = values;
	const chosen = [...new Set((organizations ?? []) as string[])];
	if (removeFrom === 'chosen' && chosen.length === 0) {
		throw new InvalidInputError('Organizations', 'is empty. Name one, or choose No Organization');
	}
	if (handOverTo !== undefined && handOverTo === userId) {
		throw new InvalidInputError('Hand Over To', 'is the user who leaves');
	}
	return {
		organizations: removeFrom === 'chosen' ? chosen : (removeFrom as 'all' | 'none'),
		heirId: handOverTo === undefined ? undefined : String(handOverTo),
		measure: measure as Measure,
	};
}

const STAGES: Array<Step['stage']> = ['handOver', 'revoke', 'account'];

async function applyInStages(
	plan: Step[],
	tools: OperationContext,
	isDryRun: boolean,
): Promise<Row[]> {
	const rows: Row[] = [];
	for (const stage of STAGES) {
		const steps = plan.filter((step) => step.stage === stage);
		rows.push(
			...(await apply(
				steps.map((step) => afterwards(step, rows)),
				tools,
				isDryRun,
			)),
		);
	}
	return rows;
}
