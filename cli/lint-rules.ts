import { readFileSync } from 'node:fs';
import type { SarifRule } from '../reports/sarif.ts';
import { RULES } from '../scenarios/lint/finding.ts';
import { docsPage } from './docs-page.ts';

/** What docs/lint.md says of each rule: how severe it is, what it finds, and its examples. */
export function ruleSections(): SarifRule[] {
	const page = readFileSync(docsPage('lint.md'), 'utf8');
	return RULES.map((id) => {
		const [, section = ''] = new RegExp(`^## ${id}\n+(.*?)(?=^## |(?![^]))`, 'ms').exec(page) ?? [];
		const [, level = '', says = ''] = /^\*(error|warning|note)\.\* (.*?)\n\n/s.exec(section) ?? [];
		if (level !== 'error' && level !== 'warning' && level !== 'note')
			throw new Error(`docs/lint.md does not say what ${id} is`);
		return {
			id,
			says: says.replaceAll('\n', ' '),
			level,
			help: `docs/lint.md#${id}`,
			markdown: section.trimEnd(),
		};
	});
}
