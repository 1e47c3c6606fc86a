import type { Secret } from '../ports/configuration.ts';

/**
 * What commands are given of the agent's own environment: what programs need to find each other, their
 * user and their language. Anything else may be a secret of whoever started the agent, whatever its name.
 */
const PASSED_ON = [
	'PATH',
	'HOME',
	'USER',
	'LOGNAME',
	'SHELL',
	'LANG',
	'LANGUAGE',
	'TZ',
	'TERM',
	'TMPDIR',
	'TMP',
	'TEMP',
	'LD_LIBRARY_PATH',
	'SSL_CERT_FILE',
	'SSL_CERT_DIR',
];

/** Variables that hold a secret of mulligan's own. */
const SECRET = ['HOST_SECRET', 'MULLIGAN_API_KEY', 'DATABASE_URL', 'PGPASSWORD'];

type Variables = Readonly<Record<string, string | undefined>>;

/** The part of an environment that commands are given; none of it holds one of these secrets. */
export const passedOn = (own: Variables, secrets: readonly Secret[]): Record<string, string> =>
	Object.fromEntries(
		Object.entries(own).flatMap(([name, value = '']): [string, string][] => {
			const isKnown = PASSED_ON.includes(name) || name.startsWith('LC_');
			const isSafe = !secrets.some((secret) => secret.value !== '' && value.includes(secret.value));
			return isKnown && isSafe ? [[name, value]] : [];
		}),
	);

/**
 * The secrets in an environment. Processes of the same user can read them as long as the process runs
 * that was started with it: nothing that it does to its variables changes what the system shows.
 */
export const secretVariables = (own: Variables): string[] =>
	SECRET.filter((name) => (own[name] ?? '') !== '');
