'use strict';

/**
 * How large what people download, n8n loads and maintainers read may become. Sizes only: how long
 * anything takes is not for a check to say.
 */
const BUDGETS = {
	description: { name: 'description', unit: 'bytes', limit: 400_000 },
	tarball: { name: 'tarball', unit: 'bytes', limit: 500_000 },
	operationFile: { name: 'median operation file', unit: 'lines', limit: 25 },
};

module.exports = { BUDGETS };
