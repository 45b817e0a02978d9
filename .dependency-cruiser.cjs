'use strict';

/**
 * The order of the folders, held by `npm run check -- imports` (see docs/adr/0005-folders-of-the-engine.md),
 * and for `npm run check -- requires` what the package requires. Types count as well: a circle of types is
 * still a circle to a reader.
 */

const ENGINE = '^nodes/Clerk/engine';

/** Each stage of the engine may import the ones above it in this list, never those below. */
const STAGES = [
	['rateLimit'],
	['operation'],
	['form', 'http'],
	['input'],
	['request'],
	['run'],
	// The two ways in.
	['execute.ts', 'search.ts'],
];

/** Matches whole names: `engine/inputs` and `engine/format.ts` are no stages. @param {string[]} stages */
const pathOf = (stages) =>
	`${ENGINE}/(${stages.map((stage) => stage.replace('.', '\\.')).join('|')})(/|$)`;

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
	forbidden: [
		{
			name: 'no-circle',
			comment: 'Two files that import each other can only be read together.',
			severity: 'error',
			from: {},
			to: { circular: true },
		},
		...STAGES.slice(0, -1).map((stages, at) => ({
			name: `${stages.join('-and-')}-imports-no-later-stage`,
			severity: /** @type {const} */ ('error'),
			from: { path: pathOf(stages) },
			to: { path: pathOf(STAGES.slice(at + 1).flat()) },
		})),
		{
			name: 'engine-has-no-other-folders',
			severity: 'error',
			from: { path: `${ENGINE}/`, pathNot: pathOf(STAGES.flat()) },
			to: {},
		},
		{
			name: 'nothing-else-of-engine-is-imported',
			severity: 'error',
			from: {},
			to: { path: `${ENGINE}/`, pathNot: pathOf(STAGES.flat()) },
		},
		{
			name: 'form-and-http-stay-apart',
			severity: 'error',
			from: { path: pathOf(['form']) },
			to: { path: pathOf(['http']) },
		},
		{
			name: 'http-and-form-stay-apart',
			severity: 'error',
			from: { path: pathOf(['http']) },
			to: { path: pathOf(['form']) },
		},
		{
			name: 'engine-knows-no-resource',
			severity: 'error',
			from: { path: ENGINE },
			to: { path: '^nodes/Clerk/(fields|views|resources|jobs)' },
		},
		{
			name: 'operations-come-last',
			comment: 'Fields, views and jobs are what operations are made of.',
			severity: 'error',
			from: { path: '^nodes/Clerk/(fields|views|jobs)' },
			to: { path: '^nodes/Clerk/resources' },
		},
		{
			name: 'credentials-know-no-node',
			severity: 'error',
			from: { path: '^credentials' },
			to: { path: '^nodes' },
		},
		{
			name: 'built-code-requires-only-n8n-workflow',
			comment:
				'Every n8n has these modules, and no others are sure to be there. Paths within n8n-workflow differ by version.',
			severity: 'error',
			from: { path: '^dist/' },
			to: { pathNot: ['^dist/', '^node_modules/n8n-workflow/dist/cjs/index[.]js$', '^crypto$'] },
		},
	],
	options: {
		tsConfig: { fileName: 'tsconfig.json' },
		tsPreCompilationDeps: true,
		doNotFollow: { path: 'node_modules' },
	},
};
