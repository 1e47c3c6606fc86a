/** The app server's clock. */
export interface Clock {
	/** Milliseconds since some fixed moment; never goes back. */
	now_ms(): number;
}
