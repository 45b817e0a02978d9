import { Upload } from '../http/upload';
import { readOutputOptions } from '../input/outputOptions';
import type { OutputOptions } from '../input/outputOptions';
import type { ReadParameter } from '../input/readCollection';
import { filesOf, openReferences, readForm } from '../input/readForm';
import type { FormValues, OpenFile } from '../input/readForm';
import { withoutStaleFields } from '../input/staleFields';
import { isSet } from '../operation';
import type { SetProcedure } from '../operation';
import { CancelledError } from '../rateLimit/cancellation';
import { realClock } from '../rateLimit/clock';
import { rejectRouteConflicts, routeConflicts } from '../request/routes';
import { runConcurrently } from './concurrency';
import { toItem, tryStep } from './items';
import type { Item } from './items';
import { resolve } from './resolve';
import type { Run } from './run';
import { prepareItem, prepareSet } from './prepareItem';
import { readerFor } from './start';

/** How many forms are read in one go: expressions take up to a millisecond each. */
const YIELD_EVERY = 100;

/**
 * Every form is read, every file checked, every id looked up and every request built before the first
 * one is sent.
 *
 * @throws NodeApiError, NodeOperationError
 */
export async function prepareItems(run: Run): Promise<void> {
	const { operation, resources, count } = run.context;
	const cleaned = withoutStaleFields(operation, resources);
	for (let index = 0; index < count; index++) {
		if (index % YIELD_EVERY === 0 && (await isCancelled(run))) break;
		run.items.push(tryStep(() => read(run, index, cleaned)));
	}
	await checkFiles(run);
	run.throwFirstFailure();
	const forms = run.items.flatMap((item) => (item.state === 'read' ? [item.form] : []));
	await resolve(forms.flatMap(openReferences), run.send);
	if (isSet(operation)) prepareAsSet(run, operation, forms);
	else prepareEach(run);
	run.throwFirstFailure();
}

function read(run: Run, index: number, cleaned: (read: ReadParameter) => ReadParameter): Item {
	const { host, operation } = run.context;
	const readParameter = cleaned(readerFor(host, index));
	const openFile: OpenFile = (named, label, rules) => new Upload(host, index, named, label, rules);
	const isFirst = index === 0 || !isSet(operation);
	const form = readForm(operation, readParameter, host.getTimezone(), openFile, isFirst);
	return { state: 'read', form, wanted: readOutputOptions(operation, form, readParameter) };
}

/** Lets n8n's own work go on, which may be to stop this execution. */
async function isCancelled({ context, items }: Run): Promise<boolean> {
	try {
		await realClock.wait(0, context.host.getExecutionCancelSignal());
		return false;
	} catch (error) {
		items.push(toItem(error));
		return true;
	}
}

/** In lanes, since n8n may keep its files a network away, and opens them without any bound of its own. */
async function checkFiles({ context: { host, concurrency }, items }: Run): Promise<void> {
	const signal = host.getExecutionCancelSignal();
	const files = items.map((item) => (item.state === 'read' ? filesOf(item.form) : []));
	await runConcurrently(
		[...files.keys()].filter((index) => files[index].length > 0).map((index) => [index]),
		{ concurrency, errorCount: () => 0, isStopped: () => signal?.aborted === true },
		async (index) => {
			try {
				for (const file of files[index]) await file.check();
			} catch (error) {
				items[index] = toItem(error);
			}
		},
	);
	if (signal?.aborted) items[0] = toItem(new CancelledError());
}

function prepareEach({ context: { operation, resources }, items }: Run): void {
	const conflicts = routeConflicts(operation, resources);
	items.forEach((item, index) => {
		if (item.state !== 'read') return;
		const { form, wanted } = item;
		items[index] = tryStep(() => {
			const prepared = prepareItem(operation, form, wanted, resources, index);
			if (prepared.path) rejectRouteConflicts(prepared.path, conflicts);
			return { state: 'prepared', prepared };
		}, form);
	});
}

/** The first item stands for the set: what becomes of the set becomes of it. */
function prepareAsSet(run: Run, operation: SetProcedure, forms: FormValues[]): void {
	const { context, items } = run;
	if (forms.length < context.count) {
		run.skipRest();
		return;
	}
	const [{ wanted }] = items as Array<{ wanted: OutputOptions }>;
	try {
		const prepared = prepareSet(operation, forms, wanted, context.resources);
		items.fill({ state: 'done', performed: { records: [] } });
		items[0] = { state: 'prepared', prepared };
	} catch (error) {
		run.rejectSet(error);
	}
}
