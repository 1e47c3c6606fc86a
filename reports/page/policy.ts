import { createHash } from 'node:crypto';
import type { Assets } from './bundle.ts';

const hash = (text: string): string =>
	`'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;

/** Nothing may be loaded, sent or run but this very script and style. */
export const policyOf = ({ script, style }: Assets): string =>
	[
		"default-src 'none'",
		`script-src ${hash(script)}`,
		`style-src ${hash(style)}`,
		"base-uri 'none'",
		"form-action 'none'",
	].join('; ');
