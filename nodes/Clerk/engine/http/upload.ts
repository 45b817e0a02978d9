import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';

import type { FileRules } from '../operation/field';
import { InvalidInputError } from '../operation/invalidInput';

/** Files from n8n's binary data, as the multipart bodies that Clerk takes. */

/** A file of an input item; its bytes are read when it is sent, so that only files on their way are in memory. */
export class Upload {
	readonly fileName: string;

	readonly mimeType: string;

	private readonly file: IBinaryData;

	/**
	 * @param named - the item's binary field, or the file itself, where an expression gave one
	 * @throws InvalidInputError when there is no such file, or it is of a type that Clerk refuses
	 */
	constructor(
		private readonly host: IExecuteFunctions,
		private readonly itemIndex: number,
		named: unknown,
		private readonly label: string,
		private readonly rules: FileRules,
	) {
		this.file = isFile(named) ? named : this.find(named);
		this.mimeType = this.file.mimeType;
		this.fileName = this.file.fileName || 'file';
		if (!rules.types.includes(this.mimeType)) {
			throw new InvalidInputError(
				label,
				`is ${this.mimeType}, but Clerk takes ${rules.types.join(', ')}`,
			);
		}
	}

	/**
	 * What only n8n can tell; the bytes of a stored file stay where they are.
	 *
	 * @throws InvalidInputError when the file is empty, larger than Clerk takes, or gone
	 */
	async check(): Promise<void> {
		this.checkSize(await this.size());
	}

	/** @throws InvalidInputError as `check` does: what an item says of its file need not be so */
	async read(): Promise<Buffer> {
		const data = await this.host.helpers.getBinaryDataBuffer(this.itemIndex, this.file);
		this.checkSize(data.length);
		return data;
	}

	/** As a dry run shows it. */
	toJSON() {
		return { fileName: this.fileName, mimeType: this.mimeType };
	}

	private find(property: unknown): IBinaryData {
		if (isShownOnly(property)) {
			const complaint =
				'got a file without its data, since n8n keeps it in memory, where expressions do not see it: give the name of its binary field, such as data';
			throw new InvalidInputError(this.label, complaint);
		}
		if (typeof property !== 'string') {
			const complaint = `needs the name of a binary field such as data, but got ${property === null ? 'null' : typeof property}`;
			throw new InvalidInputError(this.label, complaint);
		}
		try {
			const found: unknown = this.host.helpers.assertBinaryData(this.itemIndex, property);
			// n8n looks no closer: it finds a "file" called `constructor` or `__proto__` in every item.
			if (isFile(found)) return found;
		} catch {
			// Said below, with the field's label.
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
			`names a file that n8n cannot read from its storage (${message}). If it is gone, run the node that made it again`,
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

/** Expressions see the files of an item without their data, so that the ID must do. */
function isFile(value: unknown): value is IBinaryData {
	if (value === null || typeof value !== 'object') return false;
	const { mimeType, data, id } = value as Partial<IBinaryData>;
	return typeof mimeType === 'string' && typeof (id || data) === 'string';
}

/** A file of n8n 1, or of one that is told to keep files in memory: without data and without an ID. */
const isShownOnly = (value: unknown): boolean =>
	value !== null && typeof value === 'object' && 'mimeType' in value;

/** Rounded up, so that what is too large never reads like what is allowed. */
const megabytes = (bytes: number): string => (Math.ceil((bytes * 10) / 1024 ** 2) / 10).toFixed(1);

/** RFC 7578, with names escaped as browsers do it. */
export async function multipart(
	parts: Record<string, unknown>,
): Promise<{ body: Buffer; contentType: string }> {
	const boundary = `n8n-nodes-clerk-${randomUUID()}`;
	const chunks: Buffer[] = [];
	for (const [name, value] of Object.entries(parts)) {
		const file = value instanceof Upload ? value : undefined;
		const disposition = `form-data; name="${escaped(name)}"${file ? `; filename="${escaped(file.fileName)}"` : ''}`;
		const type = file ? `\r\nContent-Type: ${file.mimeType}` : '';
		const head = `--${boundary}\r\nContent-Disposition: ${disposition}${type}\r\n\r\n`;
		const data = file ? await file.read() : Buffer.from(String(value));
		chunks.push(Buffer.from(head), data, Buffer.from('\r\n'));
	}
	chunks.push(Buffer.from(`--${boundary}--\r\n`));
	return { body: Buffer.concat(chunks), contentType: `multipart/form-data; boundary=${boundary}` };
}

const escaped = (text: string): string =>
	text.replace(/[\r\n"]/g, (character) => encodeURIComponent(character));
