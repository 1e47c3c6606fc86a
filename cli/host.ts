import type { Command } from 'commander';
import { HostSecret } from '../impl/routes/user-schemas.ts';
import { MULLIGAN } from '../reports/wording/commands.ts';
import { type AdminFlags, addAdminFlags, askAsAdmin } from './admin-client.ts';
import { below } from './help.ts';

export function addHost(program: Command): void {
	addAdminFlags(
		program
			.command('host')
			.summary('register a host with an app server')
			.description(
				'Registers a host, or gives it a new secret, and prints the secret: what an agent takes with ' +
					'--host_secret_file -. The key of the user is taken from MULLIGAN_API_KEY.',
			)
			.addHelpText('after', below('host', { examples: [`${MULLIGAN} host h1`] }))
			.argument('<id>', 'the name of the host'),
	).action(async (id: string, flags: AdminFlags) => {
		const { secret } = await askAsAdmin(flags, HostSecret, 'PUT', ['hosts', id], {});
		console.log(secret);
	});
}
