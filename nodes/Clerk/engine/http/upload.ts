import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';

import type { FileRules } from '../operation/field';
import { InvalidInputError } from '../operation/invalidInput';
import { specificType, typeOfContent } from './fileType';

/** A file of an input item. Its bytes are read when it is sent, so that only files being sent are in memory. */
export class Upload {
	readonly fileName: string;

	/** As the file states it; a missing or a general one is set by `check`, from the content. */
	mimeType: string | undefined;

	private readonly file: IBinaryData;

	/**
	 * @param given - the name of the item's binary field, or the file itself, from an expression
	 * @throws InvalidInputError when there is no such file, or Clerk does not take its type
	 */
	constructor(
		private readonly host: IExecuteFunctions,
		private readonly itemIndex: number,
		given: unknown,
		private readonly label: string,
		private readonly rules: FileRules,
	) {
		this.file = isFile(given) ? given : this.find(given);
		this.mimeType = specificType(this.file.mimeType);
		this.fileName = this.file.fileName || 'file';
		if (this.mimeType !== undefined) this.checkType(this.mimeType);
	}

	/**
	 * Checks the size, and where the file does not state what it is, the type. Only then are its bytes
	 * read: a type that is stated is taken at its word.
	 *
	 * @throws InvalidInputError when the file is empty, too large for Clerk, of another type, or no longer stored
	 */
	async check(): Promise<void> {
		this.checkSize(await this.size());
		if (this.mimeType !== undefined) return;
		this.mimeType = typeOfContent(await this.read());
		this.checkType(this.mimeType, ' by its content');
	}

	/** Reads the bytes. @throws InvalidInputError as `check` does, since they may differ from what the item states */
	async read(): Promise<Buffer> {
		const data = await this.host.helpers.getBinaryDataBuffer(this.itemIndex, this.file);
		this.checkSize(data.length);
		return data;
	}

	/** What a dry run shows. */
	toJSON() {
		return { fileName: this.fileName, mimeType: this.mimeType };
	}

	private checkType(type: string | undefined, by = ''): void {
		const { types } = this.rules;
		if (type !== undefined && types.includes(type)) return;
		const found = type ? `is ${type}${by}` : 'has no type, and its content has no known type';
		throw new InvalidInputError(this.label, `${found}, but Clerk takes ${types.join(', ')}`);
	}

	private find(property: unknown): IBinaryData {
		if (isFileWithoutData(property)) {
			const reason =
				'got a file without its data, because n8n keeps it in memory, where expressions cannot read it: enter the name of its binary field, such as data';
			throw new InvalidInputError(this.label, reason);
		}
		if (typeof property !== 'string') {
			const reason = `needs the name of a binary field such as data, but got ${typeof property}`;
			throw new InvalidInputError(this.label, reason);
		}
		try {
			const found: unknown = this.host.helpers.assertBinaryData(this.itemIndex, property);
			// n8n does not check that the name is the item's own: every item has a "file" called
			// `constructor` (docs/n8n-notes.md, 18).
			if (hasContent(found)) return found;
		} catch {
			// Thrown below, with the field's label.
		}
		throw new InvalidInputError(
			this.label,
			`names no file: the item has no binary field "${property}"`,
		);
	}

	private async size(): Promise<number> {
		const { id, data } = this.file;
		if (!id) return Buffer.from(data, 'base64').length;
		try {
			return (await this.host.helpers.getBinaryMetadata(id)).fileSize;
		} catch (error) {
			throw this.toUnreadable(error as Error);
		}
	}

	private toUnreadable({ message }: Error): InvalidInputError {
		return new InvalidInputError(
			this.label,
			`names a file that n8n cannot read from its storage (${message}). If it is gone, run the node that created it again`,
		);
	}

	private checkSize(bytes: number): void {
		if (bytes === 0) throw new InvalidInputError(this.label, 'is an empty file');
		const { maxBytes } = this.rules;
		if (bytes > maxBytes) {
			throw new InvalidInputError(
				this.label,
				`has ${megabytes(bytes)} MB, but Clerk takes at most ${megabytes(maxBytes)} MB`,
			);
		}
	}
}

/** Expressions see files without their data, so an ID is enough (docs/n8n-notes.md, 19). */
const isFile = (value: unknown): value is IBinaryData =>
	hasContent(value) && typeof value.mimeType === 'string';

/** Whether it has its bytes, or an ID of them. A Code node can leave out the type. */
function hasContent(value: unknown): value is IBinaryData {
	if (value === null || typeof value !== 'object') return false;
	const { data, id } = value as Partial<IBinaryData>;
	return typeof (id || data) === 'string';
}

/**
 * Whether it is what an expression sees of a file that n8n keeps in memory, the default of n8n 1: no
 * data, no ID (docs/n8n-notes.md, 19).
 */
const isFileWithoutData = (value: unknown): boolean =>
	value !== null && typeof value === 'object' && 'mimeType' in value;

/** Rounds up, so a file that is too large never seems to have the size allowed. */
const megabytes = (bytes: number): string => (Math.ceil((bytes * 10) / 1024 ** 2) / 10).toFixed(1);

/**
 * Encodes a multipart body (https://www.rfc-editor.org/rfc/rfc7578), with names escaped as browsers do
 * (https://html.spec.whatwg.org/multipage/#multipart-form-data).
 *
 * @throws InvalidInputError when a file cannot be sent
 */
export async function multipart(
	parts: Record<string, unknown>,
): Promise<{ body: Buffer; contentType: string }> {
	const boundary = `n8n-nodes-clerk-${randomUUID()}`;
	const chunks: Buffer[] = [];
	for (const [name, value] of Object.entries(parts)) {
		const file = value instanceof Upload ? value : undefined;
		const disposition = `form-data; name="${escapeName(name)}"${file ? `; filename="${escapeName(file.fileName)}"` : ''}`;
		const type = file ? `\r\nContent-Type: ${file.mimeType}` : '';
		const head = `--${boundary}\r\nContent-Disposition: ${disposition}${type}\r\n\r\n`;
		const data = file ? await file.read() : Buffer.from(String(value));
		chunks.push(Buffer.from(head), data, Buffer.from('\r\n'));
	}
	chunks.push(Buffer.from(`--${boundary}--\r\n`));
	return { body: Buffer.concat(chunks), contentType: `multipart/form-data; boundary=${boundary}` };
}

const escapeName = (text: string): string =>
	text.replace(/[\r\n"]/g, (character) => encodeURIComponent(character));
