/** The source of secrets. */
export interface Randomness {
	/** A secret that was never given before. */
	secret(): string;
}
