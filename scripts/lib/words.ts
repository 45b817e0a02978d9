import { snakeCase } from '../../nodes/Clerk/engine/operation';

/** How this package spells what Clerk's document names. */

/** Marks what a person has to write; a test refuses those that are left. */
export const WRITTEN_BY_HAND = 'TODO';

/** `mergeMetadata` → `merge metadata`. */
export const words = (name: string) => snakeCase(name).replaceAll('_', ' ').trim();

export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

export const title = (name: string) =>
	words(name)
		.split(' ')
		.map(capital)
		.join(' ')
		.replace(/\b(Api|Id|Jwt|Saml|Url)\b/g, (word) => word.toUpperCase());

export const plural = (word: string) =>
	/[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : `${word}s`;

/** `user_id`, and the document's `apiKeyID`, as this package writes them. */
export const parameterOf = (wire: string) =>
	wire
		.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase())
		.replace(/ID$/, 'Id')
		.replace(/^[A-Z]/, (letter) => letter.toLowerCase());
