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

async function main() {
	const { buildScanConfig } = await import('@n8n/scan-community-package/scanner/scanner.mjs');
	const eslint = new ESLint({
		overrideConfigFile: true,
		overrideConfig: await buildScanConfig(),
		allowInlineConfig: false,
	});
	let findings = 0;
	for (const Node of [Clerk, ClerkPollingTrigger, ClerkTrigger]) {
		const { name } = Node;
		const source = `export class ${name} { description = ${toSource(new Node().description)}; }\n`;
		const filePath = `nodes/${name}/${name}.node.ts`;
		const [{ messages }] = await eslint.lintText(source, { filePath });
		const lines = source.split('\n');
		for (const { line, ruleId, message } of messages) {
			const around = lines.slice(Math.max(0, line - 1), line + 5).join(' ');
			console.log(`${ruleId}: ${message}\n    ${around.slice(0, 200)}`);
		}
		findings += messages.length;
	}
	console.log(`emitted form: ${findings} findings`);
	process.exitCode = findings > 0 ? 1 : 0;
}

void main();
