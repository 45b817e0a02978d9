import { Upload } from '../http/upload';
import { readOutputOptions } from '../input/outputOptions';
import type { ReadParameter } from '../input/readCollection';
import { filesOf, readForm } from '../input/readForm';
import type { OpenFile } from '../input/readForm';
import { withoutStaleFields } from '../input/staleFields';
import { isSet, takesRows } from '../operation';
import { CancelledError } from '../rateLimit/cancellation';
import { realClock } from '../rateLimit/clock';
import { runConcurrently } from './concurrency';
import { itemAfterError, tryStep } from './items';
import type { Item } from './items';
import type { Run } from './run';
import { readerFor } from './start';

/** Read: parameters → checked form values. Nothing is sent. */

/** Number of items that are read in one go: the expressions of one take up to a millisecond each. */
const YIELD_EVERY = 100;

/** Reads the form of every item, and checks its files. Invalid items are failed. */
export async function readItems(run: Run): Promise<void> {
	const { host, operation, resources, itemCount } = run.context;
	const dropStale = withoutStaleFields(operation, resources);
	try {
		// The others are data: they have no form of their own.
		const count = takesRows(operation) ? 1 : itemCount;
		for (let index = 0; index < count; index++) {
			// Returns to the event loop, so that n8n can stop this execution.
			if (index % YIELD_EVERY === 0) await realClock.wait(0, host.getExecutionCancelSignal());
			run.items.append(tryStep(() => readItem(run, index, dropStale)));
		}
	} catch (cancelled) {
		run.items.append(itemAfterError(cancelled));
	}
	await checkFiles(run);
}

function readItem(
	run: Run,
	index: number,
	dropStale: (read: ReadParameter) => ReadParameter,
): Item {
	const { host, operation } = run.context;
	const read = dropStale(readerFor(host, index));
	if (run.context.unusable.has(index)) throw run.context.unusable.get(index);
	const openFile: OpenFile = (given, label, rules) => new Upload(host, index, given, label, rules);
	const isFirst = index === 0 || !isSet(operation);
	const values = readForm(operation, read, host.getTimezone(), openFile, isFirst);
	return { state: 'read', values, output: readOutputOptions(operation, values, read) };
}

/** Concurrency is bounded here: n8n does not bound it, and files can be in S3 or a database (docs/n8n-notes.md, 20). */
async function checkFiles({ context: { host, concurrency }, items }: Run): Promise<void> {
	const signal = host.getExecutionCancelSignal();
	const files = items.all.map((item) => (item.state === 'read' ? filesOf(item.values) : []));
	const withFiles = [...files.keys()].filter((index) => files[index].length > 0);
	await runConcurrently(
		withFiles.map((index) => [index]),
		{ concurrency, errorCount: () => 0, isStopped: () => signal?.aborted === true },
		async (index) => {
			try {
				for (const file of files[index]) await file.check();
			} catch (error) {
				items.set(index, itemAfterError(error));
			}
		},
	);
	if (signal?.aborted) items.set(0, itemAfterError(new CancelledError()));
}
