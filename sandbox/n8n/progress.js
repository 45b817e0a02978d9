'use strict';

/** @typedef {(line: string) => void} Say */

/** @param {number} since */
const secondsSince = (since) => Math.round((Date.now() - since) / 1000);

/**
 * Runs one long step and tells how far it is: on a terminal a counter in place, elsewhere (a CI log)
 * a line now and then, so that two quiet minutes are not taken for a hang.
 *
 * @template T
 * @param {string} title
 * @param {Say} say
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
async function step(title, say, work) {
	const began = Date.now();
	const inPlace = say === console.log && process.stdout.isTTY;
	say(title);
	const ticker = setInterval(
		() => {
			if (inPlace) process.stdout.write(`\r      ${secondsSince(began)} s `);
			else say(`      still at it after ${secondsSince(began)} s`);
		},
		inPlace ? 1_000 : 30_000,
	);
	try {
		const result = await work();
		if (inPlace) process.stdout.write('\r');
		say(`      done in ${secondsSince(began)} s`);
		return result;
	} finally {
		clearInterval(ticker);
	}
}

module.exports = { step, secondsSince };
