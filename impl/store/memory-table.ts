/** One table in memory: what is committed, and over it what the open transaction wrote. */
export class MemoryTable<Row extends { readonly id: string }> {
	readonly committed = new Map<string, Row>();
	#written: Map<string, Row> | null = null;

	get(id: string): Row | undefined {
		return this.#written?.get(id) ?? this.committed.get(id);
	}

	set(row: Row): void {
		this.#written ??= new Map();
		this.#written.set(row.id, row);
	}

	/** Every row, in the order in which they were first set. */
	*rows(): Iterable<Row> {
		const written = this.#written;
		for (const [id, row] of this.committed) yield written?.get(id) ?? row;
		if (written === null) return;
		for (const [id, row] of written) if (!this.committed.has(id)) yield row;
	}

	commit(): void {
		if (this.#written === null) return;
		for (const [id, row] of this.#written) this.committed.set(id, row);
		this.#written = null;
	}

	rollBack(): void {
		this.#written = null;
	}
}
