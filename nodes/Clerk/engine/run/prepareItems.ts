import { Upload } from '../http/upload';
import { readWanted } from '../input/outputOptions';
import type { Wanted } from '../input/outputOptions';
import type { ReadParameter } from '../input/readCollection';
import { filesOf, openReferences, readForm } from '../input/readForm';
import type { Form, OpenFile } from '../input/readForm';
import { withoutLeftovers } from '../input/staleFields';
import { isSet } from '../operation';
import type { SetProcedure } from '../operation';
import { Cancelled } from '../rateLimit/cancellation';
import { realClock } from '../rateLimit/clock';
import { refuseRivals, rivalsOf } from '../request/routes';
import { runLanes } from './concurrency';
import { attempt, settled } from './items';
import type { Item } from './items';
import { resolve } from './resolve';
import type { Run } from './run';
import { plan, planSet } from './runOperation';
import { reader } from './start';

/** How many forms are read in one go: expressions take up to a millisecond each. */
const BREATH = 100;

/**
 * Every form is read, every file checked, every id looked up and every request built before the first
 * one is sent.
 *
 * @throws NodeApiError, NodeOperationError
 */
export async function planItems(run: Run): Promise<void> {
	const { operation, resources, count } = run.about;
	const cleaned = withoutLeftovers(operation, resources);
	for (let index = 0; index < count; index++) {
		if (index % BREATH === 0 && (await isCancelled(run))) break;
		run.items.push(attempt(() => read(run, index, cleaned)));
	}
	await checkFiles(run);
	run.stopAtFirstFailure();
	const forms = run.items.flatMap((item) => (item.state === 'read' ? [item.form] : []));
	await resolve(forms.flatMap(openReferences), run.send);
	if (isSet(operation)) planTogether(run, operation, forms);
	else planAlone(run);
	run.stopAtFirstFailure();
}

function read(run: Run, index: number, cleaned: (read: ReadParameter) => ReadParameter): Item {
	const { host, operation } = run.about;
	const readParameter = cleaned(reader(host, index));
	const openFile: OpenFile = (named, label, rules) => new Upload(host, index, named, label, rules);
	const isFirst = index === 0 || !isSet(operation);
	const form = readForm(operation, readParameter, host.getTimezone(), openFile, isFirst);
	return { state: 'read', form, wanted: readWanted(operation, form, readParameter) };
}

/** Lets n8n's own work go on, which may be to stop this execution. */
async function isCancelled({ about, items }: Run): Promise<boolean> {
	try {
		await realClock.wait(0, about.host.getExecutionCancelSignal());
		return false;
	} catch (error) {
		items.push(settled(error));
		return true;
	}
}

/** In lanes, since n8n may keep its files a network away, and opens them without any bound of its own. */
async function checkFiles({ about: { host, concurrency }, items }: Run): Promise<void> {
	const signal = host.getExecutionCancelSignal();
	const files = items.map((item) => (item.state === 'read' ? filesOf(item.form) : []));
	await runLanes(
		[...files.keys()].filter((index) => files[index].length > 0).map((index) => [index]),
		{ concurrency, pressure: () => 0, isStopped: () => signal?.aborted === true },
		async (index) => {
			try {
				for (const file of files[index]) await file.check();
			} catch (error) {
				items[index] = settled(error);
			}
		},
	);
	if (signal?.aborted) items[0] = settled(new Cancelled());
}

function planAlone({ about: { operation, resources }, items }: Run): void {
	const rivals = rivalsOf(operation, resources);
	items.forEach((item, index) => {
		if (item.state !== 'read') return;
		const { form, wanted } = item;
		items[index] = attempt(() => {
			const planned = plan(operation, form, wanted, resources, index);
			if (planned.path) refuseRivals(planned.path, rivals);
			return { state: 'planned', plan: planned };
		}, form);
	});
}

/** The first item stands for the set: what becomes of the set becomes of it. */
function planTogether(run: Run, operation: SetProcedure, forms: Form[]): void {
	const { about, items } = run;
	if (forms.length < about.count) {
		run.refuseRest();
		return;
	}
	const [{ wanted }] = items as Array<{ wanted: Wanted }>;
	try {
		const planned = planSet(operation, forms, wanted, about.resources);
		items.fill({ state: 'done', performed: { records: [] } });
		items[0] = { state: 'planned', plan: planned };
	} catch (error) {
		run.refuseSet(error);
	}
}
