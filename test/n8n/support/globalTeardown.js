'use strict';

module.exports = async () => {
	await /** @type {any} */ (globalThis).closeN8nSandbox?.();
};
