'use strict';

const { buffer } = require('node:stream/consumers');
const { SMTPServer } = require('smtp-server');
const PostalMime = require('postal-mime').default;

/** @typedef {{ from?: string, to: string[], subject?: string, text?: string, html?: string }} Mail */

/**
 * A mail server on this machine that keeps what it is sent, and passes nothing on.
 *
 * @param {object} [options]
 * @param {(address: string) => boolean} [options.refuses] recipients whom it takes nothing for
 * @param {(mail: Mail) => void} [options.onMail]
 */
async function openMailbox({ refuses = () => false, onMail = () => {} } = {}) {
	/** @type {Mail[]} */
	const mails = [];
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS'],
		onRcptTo({ address }, _session, done) {
			done(refuses(address) ? new Error(`550 No such mailbox: ${address}`) : undefined);
		},
		async onData(stream, { envelope }, done) {
			const { from, subject, text, html } = await PostalMime.parse(await buffer(stream));
			const to = envelope.rcptTo.map(({ address }) => address);
			const sent = { from: from?.address, to, subject, text: text?.trim() };
			const mail = { ...sent, ...(html && { html }) };
			mails.push(mail);
			onMail(mail);
			done();
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
