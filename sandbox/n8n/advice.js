'use strict';

/**
 * What a person reads when the sandbox cannot start: one sentence of what is wrong and one of what
 * to do. Anything else that is thrown is a defect of the sandbox and keeps its stack.
 */
class Advice extends Error {
	/** @override */
	name = 'Advice';
}

module.exports = { Advice };
