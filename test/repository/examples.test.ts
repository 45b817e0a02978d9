import { Clerk } from '../../nodes/Clerk/Clerk.node';
import { ClerkPollingTrigger } from '../../nodes/ClerkPollingTrigger/ClerkPollingTrigger.node';
import { ClerkTrigger } from '../../nodes/ClerkTrigger/ClerkTrigger.node';
import { EXAMPLES, readExample } from '../../sandbox/n8n/examples';
import { files, page, sizeOf } from '../support/gallery';

/** Operations that remove access from many users, or for good. */
const DANGEROUS = /^(applyConfiguration|cleanUp|offboard|sync|ban|lock|delete|revoke)/;

/** The versions of this package's nodes, by their types. */
const VERSIONS = new Map(
	[Clerk, ClerkPollingTrigger, ClerkTrigger].map((Node) => {
		const { name, version } = new Node().description;
		return [`n8n-nodes-clerk.${name}`, version];
	}),
);

it('every example is registered, so that a test and npm start run it', () => {
	expect(Object.values(EXAMPLES).sort()).toEqual([...files].sort());
});

describe.each(files)('%s', (file) => {
	const { nodes, connections, active, name } = readExample(file);

	it('is in docs/examples.md, with a small picture', () => {
		const picture = `images/examples/${file.replace('.json', '.png')}`;
		expect(page).toContain(`[${name}](../examples/${file})`);
		expect(page).toContain(picture);
		expect(sizeOf(`docs/${picture}`)).toBeLessThan(150_000);
	});

	it('explains what to fill in, and connects all nodes, which have unique names', () => {
		const notes = nodes.filter(({ type }) => type.endsWith('.stickyNote'));
		const names = nodes.filter((node) => !notes.includes(node)).map((node) => node.name);
		expect(notes[0].parameters.content).toContain('### Before you use it');
		expect(new Set(names).size).toBe(names.length);
		const linked = JSON.stringify(connections);
		expect(names.filter((called) => !linked.includes(JSON.stringify(called)))).toEqual([]);
	});

	it("has versions of this package's nodes that exist", () => {
		const own = nodes.filter(({ type }) => type.startsWith('n8n-nodes-clerk.'));
		expect(own.map(({ name: node, typeVersion }) => [node, typeVersion])).toEqual(
			// As a tool of an agent, a node has a type of its own, and the same version.
			own.map(({ name: node, type }) => [node, VERSIONS.get(type.replace(/Tool$/, ''))]),
		);
	});

	it('contains no credential, is inactive, and starts with a plan or a dry run', () => {
		const ids = nodes.flatMap(({ credentials = {} }) => Object.values(credentials));
		expect(ids.filter(({ id }) => id !== null)).toEqual([]);
		expect(active ?? false).toBe(false);
		const writes = nodes.filter(
			({ type, parameters }) => type.endsWith('.clerk') && DANGEROUS.test(parameters.operation),
		);
		// Jobs have a run mode on the form, other operations a switch in their options.
		const isDryRun = ({ parameters }: (typeof nodes)[number]) => {
			const mode = parameters[`${parameters.operation}Mode`];
			// What was approved is no more than a person agreed to.
			return mode === undefined
				? parameters.options.dryRun === true
				: ['plan', 'applyApproved'].includes(mode);
		};
		expect(writes.filter((node) => !isDryRun(node))).toEqual([]);
	});
});
