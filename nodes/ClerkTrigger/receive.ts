import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { keysOf, secretObjection } from '../../credentials/webhookSecret';
import { isChosen, organizationIdsOf, parseEvent, simplifyEvent, userIdsOf } from './events';
import type { ClerkEvent } from './events';
import { entriesOf, isAllowed } from './ipAllowlist';
import { Refusals } from './refusals';
import { isRefusal, isSigned, readClaim } from './signature';
import type { Headers } from './signature';

/** A request → an item of the workflow, or the answer that ends it. */

export type Received = { json: IDataObject } | Ending;

/** An answer that starts nothing. */
export interface Ending {
	status: 204 | 400 | 401 | 403 | 413 | 500;
	text?: string;
}

interface Options {
	ipAllowList?: unknown;
	organizationIds?: unknown;
	outputHeaders?: boolean;
	userIds?: unknown;
}

const refusals = new Refusals();

/** A list as the form or an expression gives it. */
export const textsOf = (value: unknown): string[] => entriesOf(value);

/** @returns the item of a delivery that is genuine and asked for; of any other, what to answer. Throws only once the signature is good. */
export async function receive(host: IWebhookFunctions): Promise<Received> {
	// Nothing is thrown before the signature is known to be good: n8n makes an execution of what a
	// webhook throws, and with a broken expression or a deleted credential anybody could cause that.
	const checked = await verify(host).catch(() =>
		refuse(500, 'the settings or the credential of the trigger cannot be read'),
	);
	if ('status' in checked) {
		warn(host, checked.reason);
		return { status: checked.status, text: `Refused: ${checked.reason}` };
	}
	const { event, id } = checked;
	return passes(host, event) ? { json: jsonOf(host, event, id) } : { status: 204 };
}

interface Refused {
	status: Ending['status'];
	reason: string;
}

const refuse = (status: Refused['status'], reason: string): Refused => ({ status, reason });

const optionsOf = (host: IWebhookFunctions): Options =>
	(host.getNodeParameter('options', {}) ?? {}) as Options;

async function verify(
	host: IWebhookFunctions,
): Promise<Refused | { event: ClerkEvent; id: string }> {
	const request = host.getRequestObject();
	const options = optionsOf(host);
	// A list that is there counts, also where its expression gave undefined.
	if (Object.hasOwn(options, 'ipAllowList') && !isAllowed(request.ip, options.ipAllowList)) {
		return refuse(403, 'its address is not on the allow list');
	}
	const { rawHeaders, rawBody } = request as { rawHeaders?: string[]; rawBody?: unknown };
	const headers = host.getHeaderData() as Headers;
	const body = Buffer.isBuffer(rawBody) ? rawBody : undefined;
	const claim = readClaim({ headers, rawHeaders, body }, Date.now());
	if (isRefusal(claim)) return claim;

	const { signingSecret } = await host.getCredentials('clerkWebhookApi');
	if (secretObjection(signingSecret)) {
		return refuse(500, 'the signing secret in the credential cannot be used');
	}
	if (!isSigned(claim, keysOf(signingSecret))) {
		return refuse(401, 'its signature is of another secret or of another content');
	}
	const event = parseEvent(claim.body);
	return event ? { event, id: claim.id } : refuse(400, 'it is signed, but no event of Clerk');
}

function passes(host: IWebhookFunctions, event: ClerkEvent): boolean {
	const options = optionsOf(host);
	const names = (wanted: unknown, ids: string[]) => {
		const entries = entriesOf(wanted);
		return entries.length === 0 || ids.some((id) => entries.includes(id));
	};
	return (
		isChosen(event, textsOf(host.getNodeParameter('events', []))) &&
		names(options.organizationIds, organizationIdsOf(event)) &&
		names(options.userIds, userIdsOf(event))
	);
}

function jsonOf(host: IWebhookFunctions, event: ClerkEvent, id: string): IDataObject {
	const { outputHeaders } = optionsOf(host);
	const isRaw = host.getNodeParameter('output', 'simplified') === 'raw';
	const json = isRaw ? (event as unknown as IDataObject) : simplifyEvent(event, id);
	return outputHeaders ? { ...json, headers: { ...host.getHeaderData() } as IDataObject } : json;
}

/** The reason is one of ours: nothing that was sent comes into the log. */
function warn(host: IWebhookFunctions, reason: string): void {
	const node = host.getNode();
	const workflow = host.getWorkflow();
	const warning = refusals.warningFor(`${workflow.id} ${node.id}`, reason, Date.now());
	if (warning) host.logger.warn(warning, { workflowId: workflow.id, nodeName: node.name });
}
