import type { Digest } from './digest';
import { plannedFields } from './newOperationFields';
import { capital, plural, title, words, WRITTEN_BY_HAND } from './words';

/** What `npm run new-operation` writes. Pure: names in, texts out. */

/** What Clerk's document says of an operation: `path` with its `{names}`. */
export type Planned = ReturnType<typeof planOf>;

export const isList = ({ facts }: Planned) => facts.list !== undefined;

/** As the document lets it be read; which order it has, the conformance test tells. */
function pagingOf({ facts }: Planned) {
	if (facts.query?.paginated) return 'paginatedPaging';
	return facts.query?.limit ? 'dataPaging' : 'unpagedPaging';
}

/** The view of what it responds with, and the file that the view is in. */
function viewOf({ method, resource, facts }: Planned) {
	if (facts.responseType) return { view: 'nothing', file: 'general' };
	if (method === 'DELETE') return { view: 'deleted', file: 'general' };
	return { view: resource, file: resource };
}

/** A reserved word cannot be a variable. */
export const exportedName = ({ operation, resource }: Planned) =>
	operation === 'delete' ? `delete${capital(resource)}` : operation;

/** @param request - such as `GET /users/{user_id}` */
export function planOf(resource: string, operation: string, request: string, digest: Digest) {
	const [method = '', path = ''] = request.split(' ');
	for (const name of [resource, operation]) {
		if (!/^[a-z][a-zA-Z]*$/.test(name)) throw new Error(`Not a name in camelCase: ${name}.`);
	}
	const facts = digest.operations[request];
	if (!facts)
		throw new Error(`spec/digest.json has no ${request}. npm run spec:digest updates it.`);
	return { resource, operation, method, path, facts, fields: plannedFields(facts) };
}

export function operationFile(planned: Planned) {
	const { resource, operation, method, path, fields } = planned;
	const list = isList(planned);
	const { view, file } = viewOf(planned);
	const imports = [
		`import { defineOperation, ${list ? 'list' : 'one'} } from '../../engine/operation';`,
		fields.some(({ locator }) => locator) && "import { locate } from '../../fields/locators';",
		list && `import { ${pagingOf(planned)} } from '../../fields/paging';`,
		`import { ${view} } from '../../views/${file}';`,
	];
	const what = list
		? `Get many ${plural(words(resource))}`
		: `${capital(words(operation))} ${words(resource)}`;
	const locations = ['path', 'query', 'body'].flatMap((location) => {
		const located = fields.filter((field) => field.location === location);
		const sources = located.map(({ source }) => source).join(', ');
		return sources ? [`${location}: [${sources}],`] : [];
	});
	return `${imports.filter(Boolean).join('\n')}

export const ${exportedName(planned)} = defineOperation({
	name: '${list ? 'Get Many' : title(operation)}',
	value: '${operation}',
	action: '${what}',
	description: '${WRITTEN_BY_HAND}: what it does, in a sentence for people and AI agents',
	request: '${method} ${path}',
	${locations.join('\n')}
	returns: ${list ? `list(${view}, ${pagingOf(planned)})` : `one(${view})`},
});
`;
}

/** Imports an export of another file into the source of an index and adds it to the list there, both before those of the next file. */
export function withExport(source: string, exported: string, file: string) {
	const line = `import { ${exported} } from './${file}';\n`;
	const imports = [...source.matchAll(/^import \{ (\w+) \} from '\.\/(\w+)';$/gm)];
	const [next, name] = imports.find(([, , other]) => other > file) ?? [];
	return next
		? source
				.replace(next, `${line}${next}`)
				.replace(new RegExp(`([[\\s])${name}(?=[,\\]])`), `$1${exported}, ${name}`)
		: source.replace('\n\n', `\n${line}\n`).replace(/,?(\s*\])(?=[^\]]*$)/, `, ${exported}$1`);
}
