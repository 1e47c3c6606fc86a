import { type DestinationStream, type Logger, pino } from 'pino';

/** What must never be read in a log, wherever somebody should put it. */
const SECRETS = [
	'secret',
	'key',
	'key_hash',
	'task_secret',
	'"Host-Secret"',
	'"Task-Secret"',
	'"Api-Key"',
	'"host-secret"',
	'"task-secret"',
	'"api-key"',
];

/** Logs JSON lines. Headers and bodies are never logged; secrets are redacted where they slip in. */
export function createLog(level: string, destination: DestinationStream): Logger {
	const paths = SECRETS.flatMap((name) => {
		const member = name.startsWith('"') ? `[${name}]` : `.${name}`;
		return [name.startsWith('"') ? `[${name}]` : name, `*${member}`, `*.*${member}`];
	});
	return pino({ level, base: null, redact: { paths, censor: '[redacted]' } }, destination);
}
