import type { INode, INodeExecutionData } from 'n8n-workflow';

/**
 * The differences when an AI agent runs the node: the agent reads the JSON of the items, without hints
 * and, mostly, without the description of an error (docs/n8n-notes.md, 27).
 */

/**
 * Whether an agent runs the node (docs/n8n-notes.md, 25) and a failed item is returned to it, so that it
 * can try again. n8n 2.40 does that itself unless `onError` is `stopWorkflow`; n8n 1 and 2.8 would end
 * the agent's run (26).
 */
export const returnsErrorsToAgent = ({ type, onError }: INode): boolean =>
	type.endsWith('Tool') && onError !== 'stopWorkflow';

/**
 * Adds a note for the agent if nothing was found, since n8n passes no items as an empty text
 * (docs/n8n-notes.md, 27), or else if there is a hint.
 *
 * @param hint - as n8n shows it to people
 */
export function toAgentOutput(output: INodeExecutionData[], hint?: string): INodeExecutionData[] {
	const found = output.filter(({ json }) => Object.keys(json).length > 0);
	const note = found.length === 0 ? 'Nothing was found' : hint;
	return note === undefined ? found : [...found, { json: { note }, pairedItem: { item: 0 } }];
}
