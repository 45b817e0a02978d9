'use strict';

const { SMTPServer } = require('smtp-server');
const PostalMime = require('postal-mime').default;

/** @typedef {{ from?: string, to: string[], subject?: string, text?: string }} Mail */

/**
 * Starts a mail server that stores every email.
 *
 * @param {(address: string) => boolean} [isUnknown] returns true for recipients that the server rejects
 */
async function openMailbox(isUnknown = () => false) {
	/** @type {Mail[]} */
	const mails = [];
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS'],
		onRcptTo({ address }, _session, done) {
			done(isUnknown(address) ? new Error(`550 No such mailbox: ${address}`) : undefined);
		},
		onData(stream, { envelope }, done) {
			/** @type {Buffer[]} */
			const chunks = [];
			stream.on('data', (chunk) => chunks.push(chunk));
			stream.on('end', async () => {
				const { from, subject, text } = await PostalMime.parse(Buffer.concat(chunks));
				const to = envelope.rcptTo.map(({ address }) => address);
				mails.push({ from: from?.address, to, subject, text: text?.trim() });
				done();
			});
		},
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.server.address());
	const data = { host: '127.0.0.1', port, secure: false, disableStartTls: true };
	return {
		mails,
		/** The credential for n8n. */
		credential: { name: 'SMTP account', type: 'smtp', data },
		/** Returns the emails since the last call. */
		take: () => mails.splice(0),
		close: () => new Promise((resolve) => server.close(() => resolve(undefined))),
	};
}

module.exports = { openMailbox };
