import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { prepareCalls } from './run/calls';
import { toOutput } from './run/output';
import { checkLookUps } from './run/procedureLookUps';
import { prepareItems } from './run/prepareItems';
import { readItems } from './run/readItems';
import { reviewItems } from './run/reviews';
import { runCalls } from './run/runCalls';
import { throwFatalFailure } from './run/settle';
import { startRun } from './run/start';
import type { Api } from './run/start';

/**
 * Runs the operation that the form names for all input items, in stages: start, read, prepare, look up,
 * review, group, send, output. Each ends for all items before the next begins, so everything is checked
 * before the first write is sent. After those that can fail items the run settles: a failure may end it.
 *
 * @returns the output items in the order of the input, each linked to its input item
 * @throws NodeApiError, NodeOperationError
 */
export async function execute(host: IExecuteFunctions, api: Api): Promise<INodeExecutionData[][]> {
	const count = host.getInputData().length;
	if (count === 0) return [[]];
	const run = await startRun(host, api, count);
	await readItems(run);
	throwFatalFailure(run);
	await prepareItems(run);
	throwFatalFailure(run);
	await checkLookUps(run);
	throwFatalFailure(run);
	await reviewItems(run);
	throwFatalFailure(run);
	const calls = prepareCalls(run);
	await runCalls(run, calls);
	throwFatalFailure(run);
	return [toOutput(run)];
}
