'use strict';

const { ESLint } = require('eslint');
const nodesBase = require('eslint-plugin-n8n-nodes-base');

/**
 * Every rule of `eslint-plugin-n8n-nodes-base`. `n8n-node lint` has most of them turned on, and heeds
 * comments that turn some off.
 */

/** Rules that n8n turns off in all of its own gates, since its other rules ask for the reverse. */
const REVERSED = [
	'cred-class-field-documentation-url-miscased', // wants the name of a page at n8n's; ours is an address
	'node-class-description-inputs-wrong-regular-node', // wants ['main'], and not n8n's constant
	'node-class-description-outputs-wrong',
];

/** @param {'community' | 'credentials' | 'nodes'} set */
const rulesOf = (set) => ({
	...nodesBase.configs[set].rules,
	...Object.fromEntries(REVERSED.map((name) => [`n8n-nodes-base/${name}`, 'off'])),
});

const WHERE = {
	community: 'package.json',
	credentials: 'credentials/**/*.ts',
	nodes: 'nodes/**/*.ts',
};

/** For TypeScript and JSON, as n8n's scanner has it. */
async function parserOfN8n() {
	const { buildScanConfig } = await import('@n8n/scan-community-package/scanner/scanner.mjs');
	const configs = await buildScanConfig();
	return configs.find((/** @type {any} */ config) => config.languageOptions?.parser)
		.languageOptions;
}

/** @returns {Promise<import('../lib/gates').Verdict>} */
async function lookAtSources() {
	const sets = /** @type {Array<keyof typeof WHERE>} */ (Object.keys(WHERE));
	const eslint = new ESLint({
		overrideConfigFile: true,
		allowInlineConfig: false,
		overrideConfig: [
			{
				plugins: { 'n8n-nodes-base': nodesBase },
				languageOptions: await parserOfN8n(),
			},
			...sets.map((set) => ({ files: [WHERE[set]], rules: rulesOf(set) })),
		],
	});
	const results = await eslint.lintFiles(Object.values(WHERE));
	return {
		findings: results.flatMap(({ filePath, messages }) =>
			messages.map(({ line, ruleId, message }) => `${filePath}:${line} ${ruleId}: ${message}`),
		),
		said: `${results.length} files`,
	};
}

module.exports = { lookAtSources };
