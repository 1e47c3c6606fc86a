/** Shorter values have encodings that stand in many an innocent text. */
const LEAST_ENCODED = 8;

/**
 * The texts that give a secret away: itself, its lines, and how programs write it most often: as JSON,
 * in a URL, in hexadecimal, and in base64, whatever stands before and after it there.
 */
export function spellingsOf(value: string): ReadonlySet<string> {
	if (value.length < LEAST_ENCODED) return new Set([value]);
	const bytes = Buffer.from(value);
	const hex = bytes.toString('hex');
	const lines = value.split(/\r?\n/).filter((line) => line.length >= LEAST_ENCODED);
	return new Set([
		...[value, ...lines].flatMap((text) => [
			text,
			JSON.stringify(text).slice(1, -1),
			...urls(text),
		]),
		hex,
		hex.toUpperCase(),
		...[0, 1, 2].flatMap((before) => base64(bytes, before)),
	]);
}

function urls(text: string): string[] {
	// Half of a surrogate pair has no place in a URL.
	const url = encodeURIComponent(Buffer.from(text).toString());
	const form = url.replaceAll('%20', '+');
	return [url, form].flatMap((one) => [
		one,
		one.replace(/%[0-9A-F]{2}/g, (byte) => byte.toLowerCase()),
	]);
}

/** The digits that depend on these bytes alone, when so many bytes, modulo 3, stand before them. */
function base64(bytes: Buffer, before: number): string[] {
	const all = Buffer.concat([Buffer.alloc(before), bytes]);
	const first = Math.ceil((before * 8) / 6);
	const end = Math.floor((all.length * 8) / 6);
	return (['base64', 'base64url'] as const).map((code) => all.toString(code).slice(first, end));
}
