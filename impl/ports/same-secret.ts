/**
 * Whether what somebody shows is the secret that is kept. How long the answer takes must tell nothing
 * about the secret, where time is real.
 */
export type SameSecret = (shown: string, kept: string) => boolean;
