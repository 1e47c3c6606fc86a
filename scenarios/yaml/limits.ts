/**
 * What one YAML file may cost. Every one of these limits stops an input that would otherwise make
 * the parser use all memory or the whole stack, which no `try` can catch.
 */
export const YAML_LIMITS = {
	/** Size of a file in bytes, known before any of it is read. */
	file_bytes: 16 * 1024 * 1024,
	/** Lexical items; each costs the parser up to a kilobyte. */
	lexemes: 1_000_000,
	/** Collections inside collections. */
	depth: 100,
	/** Nodes when every alias and merge key is written out. */
	expanded_nodes: 1_000_000,
} as const;
