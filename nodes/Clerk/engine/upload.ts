import { randomUUID } from 'node:crypto';
import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import { InvalidInput } from './input';

/** Files from n8n's binary data, as the multipart bodies that Clerk takes. */

/** What Clerk takes for a file, so that it can be said before anything is sent. */
export interface FileRules {
	types: string[];
	maxBytes: number;
}

/** A file of an input item; its bytes are read when it is sent, so that only files on their way are in memory. */
export class Upload {
	readonly fileName: string;

	readonly mimeType: string;

	/** @throws InvalidInput when the item has no such file, or one of a type that Clerk refuses */
	constructor(
		private readonly host: IExecuteFunctions,
		private readonly itemIndex: number,
		private readonly property: string,
		private readonly label: string,
		private readonly rules: FileRules,
	) {
		const file = this.find();
		this.mimeType = file.mimeType;
		this.fileName = file.fileName || 'file';
		if (!rules.types.includes(file.mimeType)) {
			throw new InvalidInput(
				label,
				`is ${file.mimeType}, but Clerk takes ${rules.types.join(', ')}`,
			);
		}
	}

	/** @throws InvalidInput when it is larger than Clerk takes */
	async read(): Promise<Buffer> {
		const data = await this.host.helpers.getBinaryDataBuffer(this.itemIndex, this.property);
		const { maxBytes } = this.rules;
		if (data.length > maxBytes) {
			throw new InvalidInput(
				this.label,
				`has ${megabytes(data.length)} MB, but Clerk takes at most ${megabytes(maxBytes)} MB`,
			);
		}
		if (data.length === 0) throw new InvalidInput(this.label, 'is an empty file');
		return data;
	}

	/** As a dry run shows it. */
	toJSON() {
		return { fileName: this.fileName, mimeType: this.mimeType };
	}

	private find(): IBinaryData {
		try {
			return this.host.helpers.assertBinaryData(this.itemIndex, this.property);
		} catch {
			throw this.toNoFileError();
		}
	}

	private toNoFileError(): InvalidInput {
		return new InvalidInput(
			this.label,
			`names no file: the item has no binary field "${this.property}"`,
		);
	}
}

/** Rounded up, so that what is too large never reads like what is allowed. */
const megabytes = (bytes: number): string => (Math.ceil((bytes * 10) / 1024 ** 2) / 10).toFixed(1);

/** RFC 7578, with names escaped as browsers do it. */
export async function multipart(
	parts: Record<string, unknown>,
): Promise<{ body: Buffer; contentType: string }> {
	const boundary = `n8n-nodes-clerk-${randomUUID()}`;
	const chunks: Buffer[] = [];
	for (const [name, value] of Object.entries(parts)) {
		if (value === null || value === undefined) continue;
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
