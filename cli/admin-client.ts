import { type Command, Option } from 'commander';
import { z } from 'zod';
import { USER_HEADER } from '../impl/server/users.ts';
import { encodeId } from '../impl/wire/path.ts';
import { MULLIGAN } from '../reports/wording/commands.ts';
import { BadInput } from './exit.ts';
import { webAddress } from './flags.ts';

/** Where an app server is, and who asks. */
export interface AdminFlags {
	readonly api_server: string;
	readonly api_user: string;
	readonly api_key: string;
}

/** The flags of a command that an admin gives. */
export const addAdminFlags = (command: Command): Command =>
	command
		.addOption(
			new Option('--api_server <url>', 'the address of the app server')
				.argParser(webAddress)
				.env('MULLIGAN_API_SERVER')
				.default('http://127.0.0.1:8080'),
		)
		.option('--api_user <name>', 'a user with the role "admin"', 'admin')
		.addOption(
			new Option('--api_key <key>', 'the key of that user; better given in the environment')
				.env('MULLIGAN_API_KEY')
				.makeOptionMandatory(),
		);

const Refusal = z.object({ error: z.string() });

/**
 * Asks an app server for what only an admin may have.
 *
 * @throws BadInput when it does not answer, or refuses.
 */
export async function askAsAdmin<Answer>(
	{ api_server, api_user, api_key }: AdminFlags,
	schema: z.ZodType<Answer>,
	method: 'PUT' | 'POST',
	path: readonly string[],
	body: object,
): Promise<Answer> {
	const base = api_server.replace(/\/+$/, '');
	const response = await fetch(`${base}/rest/v2/admin/${path.map(encodeId).join('/')}`, {
		method,
		headers: {
			'Content-Type': 'application/json',
			[USER_HEADER.user]: encodeId(api_user),
			[USER_HEADER.key]: api_key,
		},
		body: JSON.stringify(body),
		redirect: 'manual',
	}).catch(() => {
		throw new BadInput(`no app server answers at ${base} (start one: ${MULLIGAN} serve)`);
	});
	const answer: unknown = await response.json().catch(() => null);
	if (response.status === 401 || response.status === 403)
		throw new BadInput(
			`${base} refuses the user "${api_user}" with status ${response.status} (check --api_key; the server shows it on its first start)`,
		);
	const parsed = schema.safeParse(answer);
	if (response.ok && parsed.success) return parsed.data;
	const why = Refusal.safeParse(answer).data?.error ?? 'its answer is not that of mulligan';
	throw new BadInput(`${base} answers ${response.status}: ${why}`);
}
