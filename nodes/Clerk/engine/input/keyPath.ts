import { InvalidInputError } from '../operation';

/**
 * Splits `billing.customerId` into the names that lead to a key. A backslash before a dot makes the dot
 * part of a name.
 *
 * @throws InvalidInputError for an empty name
 */
export function parseKeyPath(text: string, label: string): string[] {
	const names = [''];
	for (const [token] of text.matchAll(/\\[.\\]|[^]/g)) {
		if (token === '.') names.push('');
		else names[names.length - 1] += token.length > 1 ? token.slice(1) : token;
	}
	if (names.includes('')) throw new InvalidInputError(label, `has an empty name in "${text}"`);
	return names;
}
