import type { INode, INodeExecutionData } from 'n8n-workflow';

/**
 * What is different when an AI agent runs the node: of a run it gets to read the JSON of the items,
 * neither what n8n shows people beside them nor the description of an error.
 */

/**
 * Whether a failed item is an answer to an agent, that may do better next time. n8n 2.40 goes on after
 * a tool has failed unless its workflow says `stopWorkflow` in so many words, which the editor never
 * writes; 1.123 and 2.8 would end the agent's whole run.
 */
export const isAgentTool = ({ type, onError }: INode): boolean =>
	type.endsWith('Tool') && onError !== 'stopWorkflow';

/** To an agent n8n hands nothing on of no items, which leaves it to guess. @param hint - what people are told of the run */
export function toAgentOutput(output: INodeExecutionData[], hint?: string): INodeExecutionData[] {
	const found = output.filter(({ json }) => Object.keys(json).length > 0);
	const note = found.length === 0 ? 'Nothing was found' : hint;
	return note === undefined ? found : [...found, { json: { note }, pairedItem: { item: 0 } }];
}
