/** The type of a file: as its MIME type says it, or else as its first bytes do. */

/** Other names of a type: those that Internet Explorer sent, and some programs still do. */
const ALIASES = new Map([
	['image/jpg', 'image/jpeg'],
	['image/pjpeg', 'image/jpeg'],
	['image/jfif', 'image/jpeg'],
	['image/x-png', 'image/png'],
	['image/x-citrix-jpeg', 'image/jpeg'],
	['image/x-citrix-png', 'image/png'],
]);

/** Types that say no more than that it is a file; the second is that of S3. */
const GENERAL = new Set([
	'application/octet-stream',
	'binary/octet-stream',
	'application/binary',
	'application/x-binary',
	'application/download',
	'application/x-download',
	'application/force-download',
	'application/unknown',
]);

/**
 * Returns a MIME type in its one spelling: in lower case, without parameters such as a charset.
 *
 * @returns undefined if it is missing, or says no more than that it is a file
 */
export function specificType(mimeType: string | undefined): string | undefined {
	const type = (mimeType ?? '').split(';')[0].trim().toLowerCase();
	if (!/^[^/*]+\/[^/*]+$/.test(type) || GENERAL.has(type)) return undefined;
	return ALIASES.get(type) ?? type;
}

const startsWith = (start: string) => (head: string) => head.startsWith(start);

const matches = (start: RegExp) => (head: string) => start.test(head);

/** How a format begins, in Latin-1 (https://mimesniff.spec.whatwg.org). */
const SIGNATURES: Array<[type: string, begins: (head: string) => boolean]> = [
	['image/png', startsWith('\x89PNG\r\n\x1a\n')],
	['image/jpeg', startsWith('\xff\xd8\xff')],
	['image/gif', matches(/^GIF8[79]a/)],
	['image/webp', matches(/^RIFF.{4}WEBP/s)],
	['image/avif', matches(/^.{4}ftypavi[fs]/s)],
	['image/heic', matches(/^.{4}ftyp(?:hei[cmsx]|hev[cmsx]|mif1|msf1)/s)],
	['application/pdf', startsWith('%PDF-')],
	['image/svg+xml', matches(/^(?:ï»¿)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<svg[\s>]/s)],
];

/** Enough of a file to tell its format by. */
const HEAD_BYTES = 512;

/** Returns the type of a file by its first bytes; undefined if they are of no known format. */
export function typeOfContent(bytes: Buffer): string | undefined {
	const head = bytes.subarray(0, HEAD_BYTES).toString('latin1');
	return SIGNATURES.find(([, begins]) => begins(head))?.[0];
}
