import { InvalidInputError } from '../operation';

/**
 * Rejects text with braces where a value identifies something. n8n makes an expression of pasted
 * braces in plain fields, but nowhere in locators, and of typed ones nowhere, so they would be sent.
 *
 * @throws InvalidInputError
 */
export function rejectExpressionText(value: unknown, label: string): void {
	if (typeof value !== 'string' || !value.includes('{{')) return;
	throw new InvalidInputError(
		label,
		'holds an expression as text. Switch the field from Fixed to Expression',
	);
}
