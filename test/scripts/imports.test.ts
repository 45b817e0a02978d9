import { findImports } from '../support/imports';

/** The rules of `.dependency-cruiser.cjs` find what they forbid, and only that. */

const ENGINE = 'nodes/Clerk/engine';

const empty = 'export const b = 1;\n';

const importing = (path: string) => `import { b } from '${path}';\nexport const a = b;\n`;

test('npm run check -- imports and requires find wrong imports, folders and files of the engine', async () => {
	const files = {
		[`${ENGINE}/http/b.ts`]: empty,
		[`${ENGINE}/request/allowed.ts`]: importing('../http/b'),
		[`${ENGINE}/request/b.ts`]: empty,
		[`${ENGINE}/http/later.ts`]: importing('../request/b'),
		[`${ENGINE}/search.ts`]: empty,
		[`${ENGINE}/rateLimit/wayIn.ts`]: importing('../search'),
		// Names that begin as a stage does.
		[`${ENGINE}/inputs/folder.ts`]: importing('../http/b'),
		[`${ENGINE}/format.ts`]: empty,
		[`${ENGINE}/run/file.ts`]: importing('../format'),
		'nodes/Clerk/resources/b.ts': empty,
		[`${ENGINE}/run/resource.ts`]: importing('../../resources/b'),
		[`${ENGINE}/run/one.ts`]: "import type { B } from './other';\nexport type A = B[];\n",
		[`${ENGINE}/run/other.ts`]: "import type { A } from './one';\nexport type B = A[];\n",
		'dist/nodes/b.js': "require('node:crypto');\n",
		'dist/nodes/a.js': "require('./b');\nrequire('luxon');\n",
		'dist/nodes/c.js': "require('n8n-workflow');\n",
		'dist/nodes/d.js': "require('n8n-workflow/dist/cjs/utils');\n",
		'node_modules/n8n-workflow/package.json': '{ "main": "dist/cjs/index.js" }',
		'node_modules/n8n-workflow/dist/cjs/index.js': empty,
		'node_modules/n8n-workflow/dist/cjs/utils.js': empty,
	};
	const found = await findImports(files);
	expect(found.map((line) => line.replaceAll(`${ENGINE}/`, ''))).toEqual([
		'built-code-requires-only-n8n-workflow: dist/nodes/a.js → luxon',
		'built-code-requires-only-n8n-workflow: dist/nodes/d.js → node_modules/n8n-workflow/dist/cjs/utils.js',
		'engine-has-no-other-folders: inputs/folder.ts → http/b.ts',
		'engine-knows-no-resource: run/resource.ts → nodes/Clerk/resources/b.ts',
		'form-and-http-imports-no-later-stage: http/later.ts → request/b.ts',
		'no-circle: run/one.ts → run/other.ts',
		'nothing-else-of-engine-is-imported: run/file.ts → format.ts',
		'rateLimit-imports-no-later-stage: rateLimit/wayIn.ts → search.ts',
	]);
});
