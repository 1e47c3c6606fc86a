import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { findDesigns, listDesigns } from './designs-listed.ts';

const ROOT = join(import.meta.dirname, '..');

test('the lists of the designs are made of their files: npm run schemas', async () => {
	for (const [file, text] of Object.entries(listDesigns(await findDesigns())))
		expect(readFileSync(join(ROOT, file), 'utf8'), file).toBe(text);
});

test('a fifth design is listed by its entry and its two variants, and nothing else', async () => {
	const top = mkdtempSync(join(tmpdir(), 'mulligan-designs-'));
	const write = (file: string, text: string): void => {
		mkdirSync(dirname(join(top, file)), { recursive: true });
		writeFileSync(join(top, file), text);
	};
	const entry = (name: string, option: number, proof: string): string =>
		`export const ${name} = { option: ${option}, entrance: { proof: '${proof}', forwards: true } };\n`;
	try {
		write('model/catalogue/flag.ts', entry('flag', 1, 'secrets'));
		write('model/catalogue/by-mail.ts', entry('byMail', 2, 'service-key'));
		write('impl/designs/by-mail-agent.ts', '');
		const lists = listDesigns(await findDesigns(top));
		expect(lists['model/vocabulary/designs-listed.ts']).toContain(
			"\n\t'by-mail': { proof: 'service-key', forwards: true },\n} as const;",
		);
		expect(lists['model/catalogue/index.ts']).toContain(",\n\t'by-mail': byMail,\n};");
		expect(lists['model/designs/designs-listed.ts']).toContain("from './by-mail.ts';");
		expect(lists['impl/designs/designs-listed.ts']).toContain(
			"\n\t'by-mail': { agent: byMailAgent, server: flagServer },\n};",
		);
		write('model/catalogue/by-mail.ts', entry('byPost', 2, 'secrets'));
		writeFileSync(join(top, 'model/catalogue/odd.ts'), '');
		await expect(findDesigns(top)).rejects.toThrow('model/catalogue/odd.ts has no entry "odd"');
	} finally {
		rmSync(top, { recursive: true });
	}
});
