'use strict';

const { execFileSync } = require('node:child_process');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

/** The host of the certificate. No name ends so, so that nothing can ever leave this machine. */
const HOST = 'clerk.invalid';

/** A certificate that is its own authority, for a day. @param {string} folder */
function makeCertificate(folder) {
	const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
	execFileSync(
		'openssl',
		[
			...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1'],
			...['-subj', `/CN=${HOST}`, '-addext', `subjectAltName=DNS:${HOST},IP:127.0.0.1`],
			...['-keyout', keyFile, '-out', certFile],
		],
		{ stdio: 'pipe' },
	);
	return { key: readFileSync(keyFile, 'utf8'), cert: readFileSync(certFile, 'utf8'), certFile };
}

module.exports = { HOST, makeCertificate };
