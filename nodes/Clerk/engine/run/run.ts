import type { IExecuteFunctions } from 'n8n-workflow';

import type { Progress } from '../http/progress';
import type { Operation, Resource } from '../operation';
import { returnsErrorsToAgent } from './agent';
import type { CredentialGroup } from './credentials';
import { Items } from './items';

/** Everything that stays the same during a run. */
export interface RunContext {
	host: IExecuteFunctions;
	operation: Operation;
	resources: Resource[];
	/** The items by credential: most often a single group. */
	groups: CredentialGroup[];
	/** Of all groups. */
	progress: Progress;
	/** By item: why its credential cannot be used. */
	unusable: Map<number, unknown>;
	/** Upper bound of items, or of requests of one item, that run at once. */
	concurrency: number;
	/** Number of input items. */
	itemCount: number;
}

/** One execution of the node: its context, and the state of its items. Each stage takes it from the one before. */
export class Run {
	readonly isForAgent: boolean;

	/** Whether a failed item is output instead of ending the run. */
	readonly continuesOnFail: boolean;

	readonly items: Items;

	constructor(readonly context: RunContext) {
		const { host } = context;
		this.isForAgent = returnsErrorsToAgent(host.getNode());
		this.continuesOnFail = this.isForAgent || host.continueOnFail();
		this.items = new Items(this.continuesOnFail);
	}

	/** Returns the group of an item; undefined if its credential cannot be used. */
	groupOf(index: number): CredentialGroup | undefined {
		return this.context.groups.find((group) => group.has(index));
	}

	/** Shows a message beside the output in n8n's editor. */
	hint(message: string): void {
		this.context.host.addExecutionHints?.({ message, location: 'outputPane' });
	}
}
