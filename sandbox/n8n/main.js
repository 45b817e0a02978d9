'use strict';

const { parseArgs } = require('node:util');
const axios = require('axios').default;
const getPort = require('get-port');
const { startClerk } = require('../clerk');
const { openMailbox } = require('../mailbox');
const { Advice } = require('./advice');
const { EXAMPLES, APPLIED, triggerOf } = require('./examples');
const { importExamples } = require('./furnish');
const { startN8n } = require('./host');
const { ensureInstall } = require('./install');
const { ensureBuild } = require('./package');
const { printRun } = require('./report');

const USUAL_PORT = 5678;

const HELP = `npm start -- [--once] [--port <number>]

Opens a real n8n with this package, its credential and the example workflows, and runs one of them.
  --once   stop after the run; exit code 0 only if the workflow succeeded
  --port   the editor's port (${USUAL_PORT}, or a free one when that is taken)

CLERK_SECRET_KEY uses the real Clerk, read only; without it a simulated one is started.`;

const OPTIONS = /** @type {const} */ ({
	once: { type: 'boolean' },
	port: { type: 'string' },
	help: { type: 'boolean' },
});

function readArguments() {
	try {
		return parseArgs({ options: OPTIONS }).values;
	} catch (error) {
		throw new Advice(`${/** @type {Error} */ (error).message}\n\n${HELP}`);
	}
}

/** @param {string | undefined} wanted */
async function editorPort(wanted) {
	const asked = wanted === undefined ? USUAL_PORT : Number(wanted);
	if (!Number.isInteger(asked) || asked < 1 || asked > 65_535) {
		throw new Advice(`--port takes a number from 1 to 65535, not ${wanted}.`);
	}
	const port = await getPort({ port: asked, host: '127.0.0.1' });
	if (port !== asked && wanted !== undefined) {
		throw new Advice(
			`Port ${asked} is taken. End the program that uses it, or choose another: npm start -- --port ${port}`,
		);
	}
	if (port !== asked) console.log(`Port ${asked} is taken, so the editor gets ${port}.`);
	return port;
}

/**
 * The Clerk that the workflows talk to. The real one is only ever read: the credential's policy
 * refuses everything else, also when a person runs the other example in the editor.
 */
async function chooseClerk() {
	const { CLERK_SECRET_KEY: secretKey, CLERK_API_URL = 'https://api.clerk.com' } = process.env;
	if (secretKey) {
		const baseUrl = `${CLERK_API_URL.replace(/\/(v1\/?)?$/, '')}/v1`;
		await ensureAccepted(baseUrl, secretKey);
		return {
			secretKey,
			baseUrl,
			accessPolicy: 'readOnly',
			example: EXAMPLES.report,
			parameters: {},
			nextStep: 'open "Audit memberships" there and choose Execute workflow. It only reads.',
			close: async () => {},
			name: `Clerk at ${baseUrl}`,
		};
	}
	const clerk = await startClerk({ seed: 'company' });
	return {
		secretKey: clerk.secretKey,
		baseUrl: clerk.url,
		accessPolicy: 'full',
		example: EXAMPLES.cleanUp,
		parameters: APPLIED,
		nextStep:
			'open "Sync memberships from a sheet" there and choose Execute workflow. It shows what the sheet would change, and changes nothing.',
		state: clerk.state,
		close: () => clerk.close(),
		name: `a simulated Clerk at ${clerk.url}, secret key ${clerk.secretKey}`,
	};
}

/** @param {string} baseUrl @param {string} secretKey @throws {Advice} */
async function ensureAccepted(baseUrl, secretKey) {
	const headers = { authorization: `Bearer ${secretKey}` };
	const { status } = await axios
		.get(`${baseUrl}/users/count`, { headers, validateStatus: null })
		.catch(({ message }) => {
			// The error itself has the key in it.
			throw new Advice(`Clerk cannot be reached at ${baseUrl}: ${message}`);
		});
	if (status === 200) return;
	if (status !== 401 && status !== 403) {
		throw new Advice(`Clerk at ${baseUrl} responds with status ${status}. Run it again later.`);
	}
	throw new Advice(
		`Clerk does not accept the secret key (status ${status}). Set CLERK_SECRET_KEY to one from the API keys page of the Clerk Dashboard, or unset it to use the simulated Clerk.`,
	);
}

/**
 * @param {import('./host').Host} host
 * @param {Awaited<ReturnType<typeof chooseClerk>>} clerk
 * @param {Awaited<ReturnType<typeof openMailbox>>} mailbox
 */
async function furnish({ api, files }, clerk, mailbox) {
	const { secretKey, baseUrl, accessPolicy, state } = clerk;
	const data = { secretKey, baseUrl, accessPolicy, rateLimitShare: 80 };
	const credential = await api.createCredential({ name: 'Clerk account', type: 'clerkApi', data });
	// Only what is run at once: what a person tries in the editor is as it is in the file.
	const parameters = { [clerk.example]: clerk.parameters };
	const imported = await importExamples(api, { credential, mailbox, state, files, parameters });
	return /** @type {import('./api').SavedWorkflow} */ (imported.get(clerk.example));
}

/** @param {import('../mailbox').Mail} mail */
const printMail = ({ to, subject, text, html = '' }) =>
	console.log(
		`\nMail to ${to.join(', ')}: ${subject}\n${(text || toText(html)).replace(/^/gm, '  ')}`,
	);

/** The lines of a mail that asks something, with the addresses of its buttons. @param {string} html */
const toText = (html) =>
	html
		.replace(/<(style|head)\b.*?<\/\1>/gs, '')
		.replace(/<a\b[^>]*href="([^"]+)"[^>]*>(.*?)<\/a>/gs, '$2: $1\n')
		.replace(/<[^>]+>/g, '\n')
		.replace(/&amp;/g, '&')
		.replace(/\s*\n\s*/g, '\n')
		.trim();

/** @param {import('./host').Host} host @param {string} nextStep */
async function stay({ url, owner, untilEnd }, nextStep) {
	console.log(`\nThe editor is open at ${url}`);
	console.log(`  email     ${owner.email}\n  password  ${owner.password}`);
	console.log('Mail that the examples send is printed here, and reaches no one.');
	console.log(`\nNext: ${nextStep}`);
	console.log('Ctrl-C ends it and removes what it made.');
	// From here on Ctrl-C is how it is meant to end.
	process.exitCode = 0;
	const lastLines = await untilEnd;
	throw new Error(`n8n ended by itself. Its last lines:\n${lastLines}`);
}

async function open() {
	const { once, port: wantedPort, help } = readArguments();
	if (help) return console.log(HELP);
	// Before the minutes that an install takes.
	const port = await editorPort(wantedPort);
	const clerk = await chooseClerk();
	const install = await ensureInstall();
	const packageDir = ensureBuild();

	const began = Date.now();
	console.log(`Starting n8n ${install.version} (a minute at most)…`);
	const host = await startN8n({ packageDir, port, install });
	const mailbox = await openMailbox({ onMail: printMail });
	const workflow = await furnish(host, clerk, mailbox);
	console.log(`Ready after ${Math.round((Date.now() - began) / 1000)} s, with ${clerk.name}`);

	const run = await host.api.runWorkflow(workflow, triggerOf(workflow));
	printRun(workflow, run);
	if (!once) await stay(host, clerk.nextStep);
	await host.close();
	await mailbox.close();
	await clerk.close();
	process.exitCode = run.status === 'success' ? 0 : 1;
}

async function main() {
	try {
		await open();
	} catch (error) {
		console.error(error instanceof Advice ? `\n${error.message}` : error);
		process.exit(1);
	}
}

module.exports = { main };
