/**
 * Lints the form as n8n gets it. Lint of the source does not see what `buildForm` puts together: an
 * option list there is a call of `defineOperation`, here it is the literal that n8n's rules know.
 */
const { ESLint } = require('eslint');
const { Clerk } = require('../nodes/Clerk/Clerk.node.ts');
const { ClerkPollingTrigger } = require('../nodes/ClerkPollingTrigger/ClerkPollingTrigger.node.ts');
const { ClerkTrigger } = require('../nodes/ClerkTrigger/ClerkTrigger.node.ts');

/** A value as the source text of a literal, with plain keys, since the rules look for identifiers. @type {(value: any) => string} */
function toSource(value) {
	if (Array.isArray(value)) return `[${value.map(toSource).join(',\n')}]`;
	if (value === null || typeof value !== 'object') return JSON.stringify(value);
	const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
	const keyOf = (/** @type {string} */ key) =>
		/^[a-z_$][\w$]*$/i.test(key) ? key : JSON.stringify(key);
	return `{${entries.map(([key, inner]) => `${keyOf(key)}: ${toSource(inner)}`).join(',\n')}}`;
}

/**
 * What n8n's rules want otherwise, on purpose. By name, *Actor Token* would come first and *Ban user*
 * 13 screens down: n8n lists the actions of an installed package in the order of the form, without a
 * search field. The registry has resources and operations by use.
 */
const EXCEPTIONS = [
	{
		rule: 'n8n-nodes-base/node-param-options-type-unsorted-items',
		parameters: ['resource', 'operation'],
	},
];

/** Whether a finding is one of the exceptions. @param {string | null} ruleId @param {string[]} before the lines up to the finding */
function isException(ruleId, before) {
	const names = before.filter((line) => line.startsWith('name: '));
	const parameter = names.at(-1)?.match(/"(.*)"/)?.[1];
	return EXCEPTIONS.some(
		({ rule, parameters }) => rule === ruleId && parameters.includes(parameter ?? ''),
	);
}

async function main() {
	const { buildScanConfig } = await import('@n8n/scan-community-package/scanner/scanner.mjs');
	const eslint = new ESLint({
		overrideConfigFile: true,
		overrideConfig: await buildScanConfig(),
		allowInlineConfig: false,
	});
	let findings = 0;
	let exceptions = 0;
	for (const Node of [Clerk, ClerkPollingTrigger, ClerkTrigger]) {
		const { name } = Node;
		const source = `export class ${name} { description = ${toSource(new Node().description)}; }\n`;
		const filePath = `nodes/${name}/${name}.node.ts`;
		const [{ messages }] = await eslint.lintText(source, { filePath });
		const lines = source.split('\n');
		for (const { line, ruleId, message } of messages) {
			if (isException(ruleId, lines.slice(0, line - 1))) {
				exceptions += 1;
				continue;
			}
			findings += 1;
			const around = lines.slice(Math.max(0, line - 1), line + 5).join(' ');
			console.log(`${ruleId}: ${message}\n    ${around.slice(0, 200)}`);
		}
	}
	console.log(`emitted form: ${findings} findings, ${exceptions} lists in the order of use`);
	process.exitCode = findings > 0 ? 1 : 0;
}

void main();
