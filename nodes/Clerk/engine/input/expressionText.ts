import { InvalidInputError } from '../operation';

/**
 * Rejects an expression that is text, as in a field left on Fixed. n8n makes an expression of pasted
 * braces in plain fields, but nowhere in locators (docs/n8n-notes.md, 48), and of typed ones nowhere.
 *
 * @throws InvalidInputError
 */
export function rejectExpressionText(value: unknown, label: string): void {
	const start = typeof value === 'string' ? value.indexOf('{{') : -1;
	if (start === -1 || !(value as string).includes('}}', start)) return;
	throw new InvalidInputError(
		label,
		'holds an expression as text. Switch the field from Fixed to Expression',
	);
}
