/**
 * Lints the form as n8n gets it. Lint of the source does not see what `buildForm` puts together: an
 * option list there is a call of `defineOperation`, here it is the literal that n8n's rules know.
 */
const { ESLint } = require('eslint');
const { Clerk } = require('../nodes/Clerk/Clerk.node.ts');
const { ClerkPollingTrigger } = require('../nodes/ClerkPollingTrigger/ClerkPollingTrigger.node.ts');
const { ClerkTrigger } = require('../nodes/ClerkTrigger/ClerkTrigger.node.ts');

/** A value as the source text of a literal, a line a key, and keys plain: the rules look for identifiers. @param {object} value */
const toSource = (value) =>
	JSON.stringify(value, undefined, ' ').replace(/^ +(?:"([a-z_$][\w$]*)"(?=:))?/gim, '$1');

/** @typedef {{ rule: string, why: string, allows: (line: string, before: string[]) => boolean }} Exception */

/** The name of the parameter that a line is in. @param {string[]} before the lines above it */
const parameterAt = (before) =>
	before
		.filter((line) => line.startsWith('name: '))
		.at(-1)
		?.match(/"(.*)"/)?.[1];

/** Spellings of names in actions that the rule would change to "o auth", "svix", "ur ls" and "sign in". */
const SPELLINGS = ['OAuth', 'Svix', 'URLs', 'Web3', 'sign-in', 'sign-up'];

/** What n8n's rules want otherwise, on purpose. @type {Exception[]} */
const EXCEPTIONS = [
	{
		rule: 'n8n-nodes-base/node-param-options-type-unsorted-items',
		why: 'n8n lists the actions of an installed package in the order of the form, without a search field: by name, Actor Token would come first and Ban user 13 screens down. The registry has them by use.',
		allows: (_, before) => ['resource', 'operation'].includes(parameterAt(before) ?? ''),
	},
	{
		rule: 'n8n-nodes-base/node-param-operation-option-action-miscased',
		why: 'Names are spelled as their owners spell them; all other words are in sentence case.',
		allows: (line) => {
			const words = line.match(/action: "([^"]*)"/)?.[1].split(' ') ?? [];
			const others = words.slice(1).filter((word) => !SPELLINGS.includes(word));
			return (
				others.length < words.length - 1 &&
				others.every((word) => word === word.toLowerCase() || word === word.toUpperCase())
			);
		},
	},
];

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
			const before = lines.slice(0, line - 1);
			const allowed = EXCEPTIONS.filter(({ rule }) => rule === ruleId);
			if (allowed.some(({ allows }) => allows(lines[line - 1], before))) {
				exceptions += 1;
				continue;
			}
			findings += 1;
			const around = lines.slice(Math.max(0, line - 1), line + 5).join(' ');
			console.log(`${ruleId}: ${message}\n    ${around.slice(0, 200)}`);
		}
	}
	console.log(`emitted form: ${findings} findings, ${exceptions} exceptions`);
	process.exitCode = findings > 0 ? 1 : 0;
}

void main();
