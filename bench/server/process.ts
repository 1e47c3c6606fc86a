import { Hono } from 'hono';
import { pino } from 'pino';
import { createHttpApp } from '../../impl/http/app.ts';
import { listen } from '../../impl/http/listen.ts';
import { systemClock, systemRandomness } from '../../impl/http/system-ports.ts';
import { openStore } from '../../impl/store/sql/open.ts';
import { UNLIMITED } from './policy.ts';
import { populate } from './population.ts';

/** The app server in a process of its own, with what is measured beside it: `tsx process.ts <place> <agents>`. */
const [place = 'memory', agents = '100'] = process.argv.slice(2);

const { store, close } = await openStore(place);
await populate(store, Number(agents));
const secrets = await store.transaction(async (tx) =>
	(await tx.hosts()).map(({ id, secret }) => [id, secret] as const),
);
const app = createHttpApp({
	store,
	...UNLIMITED,
	clock: systemClock(),
	randomness: systemRandomness,
	log: pino({ level: 'silent' }),
});
const empty = new Hono();
empty.all('/rest/v2/empty', (c) => c.json({}));
const at = { host: '127.0.0.1', port: 0 };
const listening = [
	await listen(app.fetch, at),
	await listen(async (request) => empty.fetch(request), at),
];
process.send?.({ urls: listening.map(({ url }) => url), secrets });
process.on('message', () => {
	const { user, system } = process.cpuUsage();
	process.send?.((user + system) / 1e6);
});
process.on('disconnect', async () => {
	await Promise.all(listening.map((each) => each.close()));
	await close();
	process.exit();
});
