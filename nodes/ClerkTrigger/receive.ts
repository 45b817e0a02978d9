import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { keysOf, reasonToRejectSecrets } from '../../credentials/webhookSecret';
import { isChosen, organizationIdsOf, parseEvent, simplifyEvent, userIdsOf } from './events';
import type { ClerkEvent } from './events';
import { isAllowed } from './ipAllowList';
import { RejectionLog } from './rejectionLog';
import { optionsOf, readEvents, readList } from './settings';
import type { ReadParameter } from './settings';
import { isRejection, isSigned, readClaim } from './signature';
import type { Claim, Headers, Rejection } from './signature';
import { SigningKeys } from './signingKeys';

/** Handles a request to the webhook: verify → parse → filter → output. */

/** The JSON of an item, which starts the workflow, or a response without one. */
export type Received = { json: IDataObject } | DeclinedResponse;

/** A response to a delivery that starts no workflow. */
export interface DeclinedResponse {
	status: 204 | Rejection['status'];
	text?: string;
}

const rejectionLog = new RejectionLog();
const signingKeys = new SigningKeys();

/**
 * Verifies a delivery and returns the item it starts the workflow with, or the response that ends it:
 * 204 for an event that was not chosen, otherwise a status and a reason. Throws only after the
 * signature was verified.
 */
export async function receive(host: IWebhookFunctions): Promise<Received> {
	// Nothing is thrown before the signature is verified: n8n creates an execution for an error that a
	// webhook throws (docs/n8n-notes.md, 28), so a broken expression or a deleted credential would let
	// every sender create executions.
	const verified = await verify(host).catch(() =>
		reject(500, 'the settings or the credential of the trigger cannot be read'),
	);
	if ('status' in verified) {
		warn(host, verified.reason);
		return { status: verified.status, text: `Refused: ${verified.reason}` };
	}
	const { event, id } = verified;
	return passesFilters(host, event) ? { json: outputOf(host, event, id) } : { status: 204 };
}

const reject = (status: Rejection['status'], reason: string): Rejection => ({ status, reason });

const readerOf =
	(host: IWebhookFunctions): ReadParameter =>
	(name, fallback) =>
		host.getNodeParameter(name, fallback as IDataObject);

async function verify(
	host: IWebhookFunctions,
): Promise<Rejection | { event: ClerkEvent; id: string }> {
	const request = host.getRequestObject();
	const read = readerOf(host);
	// An allow list that was added applies even if its expression gives undefined. Behind a proxy, `ip`
	// is the proxy's unless N8N_PROXY_HOPS is set (docs/n8n-notes.md, 30).
	const hasAllowList = Object.hasOwn(optionsOf(read), 'ipAllowList');
	if (hasAllowList && !isAllowed(request.ip, readAllowList(read))) {
		return reject(403, 'its address is not on the allow list');
	}
	const headers = host.getHeaderData() as Headers;
	const body = await readBody(request as WebhookRequest);
	const claim = readClaim({ headers, rawHeaders: request.rawHeaders, body }, Date.now());
	if (isRejection(claim)) return claim;

	const rejection = await rejectForgery(host, claim);
	if (rejection) return rejection;
	const event = parseEvent(claim.body);
	return event ? { event, id: claim.id } : reject(400, 'it is signed, but is not a Clerk event');
}

type WebhookRequest = ReturnType<IWebhookFunctions['getRequestObject']> & {
	rawBody?: unknown;
	readRawBody?: () => Promise<void>;
};

/** n8n leaves a body unread that it would not parse; it keeps none of a multipart body (docs/n8n-notes.md, 29). */
async function readBody(request: WebhookRequest): Promise<Buffer | undefined> {
	if (request.rawBody === undefined) await request.readRawBody?.().catch(() => undefined);
	return Buffer.isBuffer(request.rawBody) ? request.rawBody : undefined;
}

/** Returns why the signature does not hold, or undefined where it does. */
async function rejectForgery(
	host: IWebhookFunctions,
	claim: Claim,
): Promise<Rejection | undefined> {
	const node = host.getNode();
	const readKeys = async () => {
		const { signingSecret } = await host.getCredentials('clerkWebhookApi');
		return reasonToRejectSecrets(signingSecret) ? [] : keysOf(signingSecret);
	};
	const credentialId = node.credentials?.clerkWebhookApi?.id ?? '';
	const id = `${host.getWorkflow().id} ${node.id} ${credentialId}`;
	let keys = await signingKeys.get(id, readKeys, Date.now());
	if (keys.length > 0 && !isSigned(claim, keys)) {
		keys = (await signingKeys.getNewer(id, keys, readKeys, Date.now())) ?? keys;
	}
	if (keys.length === 0) return reject(500, 'the signing secret in the credential cannot be used');
	return isSigned(claim, keys)
		? undefined
		: reject(401, 'its signature does not match the secret or the content');
}

/** Returns no entries for a list that cannot be read: its expression returned another one than at activation. */
function readAllowList(read: ReadParameter): string[] {
	try {
		return readList('ipAllowList', read);
	} catch {
		return [];
	}
}

function passesFilters(host: IWebhookFunctions, event: ClerkEvent): boolean {
	const read = readerOf(host);
	const includesOne = (entries: string[], ids: string[]) =>
		entries.length === 0 || ids.some((id) => entries.includes(id));
	return (
		isChosen(event, readEvents(read)) &&
		includesOne(readList('organizationIds', read), organizationIdsOf(event)) &&
		includesOne(readList('userIds', read), userIdsOf(event))
	);
}

function outputOf(host: IWebhookFunctions, event: ClerkEvent, id: string): IDataObject {
	const { outputHeaders } = optionsOf(readerOf(host));
	const isRaw = host.getNodeParameter('output', 'simplified') === 'raw';
	const json = isRaw ? (event as unknown as IDataObject) : simplifyEvent(event, id);
	return outputHeaders ? { ...json, headers: { ...host.getHeaderData() } as IDataObject } : json;
}

/** @param reason - a text of this node's, never a part of the request */
function warn(host: IWebhookFunctions, reason: string): void {
	const node = host.getNode();
	const workflow = host.getWorkflow();
	const warning = rejectionLog.warningFor(`${workflow.id} ${node.id}`, reason, Date.now());
	if (warning) host.logger.warn(warning, { workflowId: workflow.id, nodeName: node.name });
}
