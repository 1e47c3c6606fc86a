/** One table in memory: what is committed, and over it what the open transaction wrote. */
export class MemoryTable<Row extends { readonly id: string }> {
	committed: ReadonlyMap<string, Row> = new Map<string, Row>();
	/** The same map, as long as nobody else keeps it. */
	#own: Map<string, Row> | null = null;
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
		if (this.#own === null) {
			this.#own = new Map(this.committed);
			this.committed = this.#own;
		}
		for (const [id, row] of this.#written) this.#own.set(id, row);
		this.#written = null;
	}

	/** What is committed, which from now on stays as it is. */
	snapshot(): ReadonlyMap<string, Row> {
		this.#own = null;
		return this.committed;
	}

	putBack(committed: ReadonlyMap<string, Row>): void {
		this.#own = null;
		this.#written = null;
		this.committed = committed;
	}

	rollBack(): void {
		this.#written = null;
	}
}
