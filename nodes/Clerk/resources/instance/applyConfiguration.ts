import { defineSet } from '../../engine/operation';
import type { Field } from '../../engine/operation';
import { kinds } from '../../fields/configuration';
import { approvableRunMode } from '../../fields/runMode';
import { applyConfiguration as runApply } from '../../jobs/configuration/job';
import { chosenKinds } from '../../jobs/configuration/kinds';
import { readWanted } from '../../jobs/configuration/wanted';
import type { Replacement } from '../../jobs/configuration/wanted';
import { readRunMode } from '../../jobs/shared/runMode';

const replacements: Field = {
	displayName: 'Replace in Values',
	name: 'replacements',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Replacement',
	default: {},
	once: true,
	description: "Text that differs in the target, such as the application's URL",
	options: [
		{
			name: 'entry',
			displayName: 'Replacement',
			values: [
				{
					displayName: 'Find',
					name: 'find',
					type: 'string',
					required: true,
					default: '',
					placeholder: 'e.g. https://dev.example.com',
				},
				{
					displayName: 'Replace With',
					name: 'replaceWith',
					type: 'string',
					required: true,
					default: '',
					placeholder: 'e.g. https://app.example.com',
				},
			],
		},
	],
};

export const applyConfiguration = defineSet({
	name: 'Apply Configuration',
	value: 'applyConfiguration',
	action: 'Apply configuration to instance',
	description: 'Apply exported roles, permissions, templates, URLs and settings, with a plan first',
	notice:
		'All input items together are one configuration: run this once, never in a loop. Use the credential of the target.',
	writes: true,
	form: [
		...approvableRunMode('applyConfigurationMode', 'plan', true),
		{
			displayName: 'Configuration',
			name: 'configuration',
			type: 'json',
			default: '={{ $json }}',
			required: true,
			templates: true,
			description: 'A row of Export Configuration, or a list of rows, such as a file',
		},
		{
			displayName: 'Extra Records',
			name: 'extraRecords',
			type: 'options',
			options: [
				{ name: 'Delete', value: 'delete', description: 'If that is safe' },
				{ name: 'Keep', value: 'keep', description: 'Only report them' },
			],
			default: 'keep',
			required: true,
			once: true,
			description: 'What to do with records that are not in the input',
		},
		{
			displayName: 'Max Changes',
			name: 'maxChanges',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 100,
			required: true,
			once: true,
			description:
				'If more records would change, nothing is written and the node fails with its report',
		},
		{ ...kinds, once: true },
		replacements,
	],
	options: [
		{
			displayName: 'Allow Production',
			name: 'allowProduction',
			type: 'boolean',
			default: true,
			absent: false,
			description: 'Whether to write to a production instance without an approved plan',
		},
	],
	prepareAll(inputs) {
		const [{ values, options }] = inputs;
		const chosen = chosenKinds(values.kinds);
		const items = inputs.map(({ values: { configuration }, itemIndex }) => ({
			rows: configuration,
			item: itemIndex,
		}));
		const table = (values.replacements ?? []) as Array<Record<string, unknown>>;
		const wanted = readWanted(items, chosen, table.map(toReplacement));
		const settings = {
			kinds: chosen,
			deletesExtra: values.extraRecords === 'delete',
			maxChanges: Number(values.maxChanges),
			allowProduction: options.allowProduction === true,
		};
		const modeAt = readRunMode(values, 'applyConfigurationMode');
		return {
			target: 'instance configuration',
			execute: async (context) => await runApply(wanted, settings, modeAt(context.now()), context),
		};
	},
});

const toReplacement = ({
	find,
	replace_with: replaceWith,
}: Record<string, unknown>): Replacement => ({
	find: String(find),
	replaceWith: String(replaceWith),
});
