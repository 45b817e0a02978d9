/** How long keys are remembered, in milliseconds; a secret that was removed is accepted no longer than this. */
const REMEMBERED_MS = 60_000;

/** A flood of forged deliveries must not read the credential for each of them. */
const MAX_REREADS_PER_MINUTE = 5;

/** How many triggers are remembered. It bounds the memory; no n8n has that many. */
const MAX_ENTRIES = 10_000;

interface Entry {
	keys: Buffer[];
	/** Unix milliseconds. */
	readAt: number;
	/** The read under way, which every delivery that needs one waits for. */
	pending?: Promise<Buffer[]>;
	/** When keys that did not fit were read again, in Unix milliseconds. */
	rereads: number[];
}

/**
 * Remembers the signing keys of each trigger for a minute, in memory only. Outside of an execution n8n
 * starts an isolate of its expression engine to read a credential, which costs more than everything the
 * trigger does with the delivery (docs/n8n-notes.md, 49).
 */
export class SigningKeys {
	private readonly entries = new Map<string, Entry>();

	/**
	 * Returns the keys that are remembered, or reads them. Nothing is remembered of a read that fails or
	 * gives no key.
	 *
	 * @param id - identifies the trigger and its credential
	 * @param now - Unix milliseconds
	 */
	async get(id: string, read: () => Promise<Buffer[]>, now: number): Promise<Buffer[]> {
		const entry = this.entryOf(id);
		const isFresh = entry.keys.length > 0 && Math.abs(now - entry.readAt) < REMEMBERED_MS;
		return isFresh ? entry.keys : await this.load(entry, read, now);
	}

	/**
	 * Returns keys newer than those that did not fit, which a rotation needs; undefined if they were read
	 * again too often in the last minute.
	 */
	async getNewer(
		id: string,
		known: Buffer[],
		read: () => Promise<Buffer[]>,
		now: number,
	): Promise<Buffer[] | undefined> {
		const entry = this.entryOf(id);
		if (entry.pending) return await entry.pending;
		if (entry.keys !== known) return entry.keys;
		entry.rereads = entry.rereads.filter((at) => Math.abs(now - at) < 60_000);
		if (entry.rereads.length >= MAX_REREADS_PER_MINUTE) return undefined;
		entry.rereads.push(now);
		return await this.load(entry, read, now);
	}

	private entryOf(id: string): Entry {
		const known = this.entries.get(id);
		if (known) return known;
		if (this.entries.size >= MAX_ENTRIES) this.entries.clear();
		const entry: Entry = { keys: [], readAt: 0, rereads: [] };
		this.entries.set(id, entry);
		return entry;
	}

	private async load(entry: Entry, read: () => Promise<Buffer[]>, now: number): Promise<Buffer[]> {
		entry.pending ??= read().finally(() => (entry.pending = undefined));
		entry.keys = [];
		entry.keys = await entry.pending;
		entry.readAt = now;
		return entry.keys;
	}
}
