import { readWorkflows, runShell } from '../support/workflows';

/** Which of Clerk's documents the weekly workflow reads, with stand-ins for GitHub and npm. */

const { steps } = readWorkflows().find(({ file }) => file === 'spec.yml')!;
const compare = steps.find(({ run }) => run?.includes('spec:watch'))!.run!;

/** Responds as GitHub does after `--jq`; `npm` writes down what it was given. */
const commands = (branches: string[], synced: string, code = 0) => ({
	gh: `case "$*" in
*'/commits?sha=main&path=bapi'*) echo ${synced} ;;
*/branches*) printf '%s\\n' ${branches.join(' ')} ;;
*/contents/bapi*) echo 2026-05-12.yml ;;
*/contents/webhooks*) echo 2025-04-15.yml ;;
*) exit 9 ;;
esac`,
	npm: `case "$1" in
view) echo 99.0.0 ;;
*) shift 4; printf '%s\\n' "$@"; exit ${code} ;;
esac`,
});

const OLD = 'update-openapi-specs-20260821-235714';
const NEW = 'update-openapi-specs-20260822-203829';

/** Returns the sources that `npm run spec:watch` was given. */
async function sourcesOf(branches: string[], synced: string) {
	const { code, files } = await runShell(compare, commands(branches, synced), ['differences.txt']);
	expect(code).toBe(0);
	return files['differences.txt'].trim().split('\n');
}

const RAW = 'https://raw.githubusercontent.com';

const documentsOn = (branch: string) => [
	`bapi=${RAW}/clerk/openapi-specs/${branch}/bapi/2026-05-12.yml`,
	`webhooks=${RAW}/clerk/openapi-specs/${branch}/webhooks/2025-04-15.yml`,
];

it.each<[string, string[], string, string]>([
	['the newest branch that main waits for', [OLD, NEW, 'main'], '2026-08-14T17:34:08Z', NEW],
	['main, once it is newer than each branch', [OLD, NEW, 'main'], '2026-08-22T20:38:42Z', 'main'],
	['main, without such a branch', ['2026-06', 'main'], '2026-08-14T17:34:08Z', 'main'],
	['no branch of another name', ['update-openapi-specs-next', OLD], '2026-08-14T17:34:08Z', OLD],
])('the weekly workflow reads %s, the SDK and its events', async (_, branches, synced, branch) => {
	expect(await sourcesOf(branches, synced)).toEqual([
		...documentsOn(branch),
		`sdk-events=${RAW}/clerk/javascript/main/packages/backend/src/api/resources/Webhooks.ts`,
		'sdk=99.0.0',
	]);
});

it.each([
	[0, 0, 'differ=0\n'],
	[1, 0, 'differ=1\n'],
	[2, 1, ''],
])('where spec:watch ends with %i, the step ends with %i', async (code, ended, output) => {
	const stubs = commands([NEW], '2026-08-14T17:34:08Z', code);
	const result = await runShell(compare, stubs, ['output']);
	expect([result.code, result.files.output]).toEqual([ended, output]);
});
