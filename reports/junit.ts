import type { Evidence } from './evidence.ts';
import { sayUnknown } from './wording/ending.ts';

const CONTROL = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

const text = (raw: string): string =>
	raw
		.replaceAll(CONTROL, '\u{FFFD}')
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;');

/** The evidence as JUnit XML: one test case a guarantee, a source and a configuration of the checker; unknown is an error, not a pass. */
export function junit(evidence: Evidence): string {
	const cases = [
		...evidence.guarantees.map(({ id, name, verdict, reason }) => ({
			name: `${id} ${name}`,
			verdict,
			message:
				evidence.findings.find((finding) => finding.guarantee === id)?.sentence ?? reason ?? '',
		})),
		...evidence.sources.map(({ name, verdict, note }) => ({
			name,
			verdict,
			message:
				note ??
				evidence.findings.find(({ source }) => source === name || source.startsWith(`${name}: `))
					?.sentence ??
				'',
		})),
		...evidence.checks.map(({ configuration, verdict, violations, ...rest }) => ({
			name: `check: ${configuration}`,
			verdict,
			message: violations[0]?.sentence ?? sayUnknown(rest),
		})),
		{
			name: `canary: ${evidence.canary.name}`,
			verdict: evidence.canary.caught ? ('holds' as const) : ('unknown' as const),
			message: 'a broken reference was not caught',
		},
	];
	const failures = cases.filter(({ verdict }) => verdict === 'violated').length;
	const errors = cases.filter(({ verdict }) => verdict === 'unknown').length;
	return `${[
		'<?xml version="1.0" encoding="UTF-8"?>',
		`<testsuites tests="${cases.length}" failures="${failures}" errors="${errors}" time="${evidence.seconds.toFixed(3)}">`,
		`  <testsuite name="mulligan verify" tests="${cases.length}" failures="${failures}" errors="${errors}" time="${evidence.seconds.toFixed(3)}">`,
		...cases.map(({ name, verdict, message }) => {
			const open = `    <testcase classname="mulligan" name="${text(name)}"`;
			if (verdict === 'holds') return `${open}/>`;
			const tag = verdict === 'violated' ? 'failure' : 'error';
			return `${open}><${tag} message="${text(message)}"/></testcase>`;
		}),
		'  </testsuite>',
		'</testsuites>',
	].join('\n')}\n`;
}
