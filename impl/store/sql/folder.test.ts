import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newProject } from '../../server/loading.ts';
import { hostOf } from '../../testing/sample-records.ts';
import { openStore } from './open.ts';
import { openPglite } from './pglite.ts';

const SIZE_MB = 100;
let folder: string;
let hasOwnDisk: boolean;

/** A small disk of our own, where that is allowed. */
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'mulligan-folder-'));
	hasOwnDisk = mount('-t', 'tmpfs', '-o', `size=${SIZE_MB}m`, 'tmpfs');
});
afterAll(() => {
	if (hasOwnDisk) execFileSync('umount', [folder]);
	rmSync(folder, { recursive: true, force: true });
});

function mount(...options: readonly string[]): boolean {
	try {
		execFileSync('mount', [...options, folder], { stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
}

test('a folder keeps what was committed, for one process at a time, and when its disk is full', async (context) => {
	const place = join(folder, 'data');
	const store = await openPglite({ folder: place });
	await store.transaction((tx) => tx.saveHost(hostOf('h1')));
	const second = await openPglite({ folder: place }).catch((error: unknown) => error);
	expect(second).toMatchObject({ name: 'StoreError', fault: 'in-use' });

	let saved = 0;
	if (hasOwnDisk) {
		const fill = async (): Promise<void> => {
			for (; saved < SIZE_MB * 10; saved++)
				await store.transaction((tx) => tx.saveProject(bulky(`p${saved}`)));
		};
		await expect(fill()).rejects.toMatchObject({
			name: 'StoreError',
			fault: 'full',
			message: expect.stringMatching(/^the database in .* has no space left: /),
		});
		await expect(store.transaction((tx) => tx.hosts())).rejects.toMatchObject({ fault: 'full' });
		mount('-o', `remount,size=${3 * SIZE_MB}m`);
		// With more space it goes on by itself.
		expect(await store.transaction((tx) => tx.host('h1'))).toEqual(hostOf('h1'));
	}
	const lock = readFileSync(`${place}.lock`, 'utf8');
	await store.close();

	// A process that was killed leaves its lock behind.
	writeFileSync(`${place}.lock`, lock.replace(/"started":"\d*"/, '"started":"1"'));
	const again = await openStore(place);
	const [host, projects] = await again.store.transaction(async (tx) => {
		const ids = Array.from({ length: saved }, (_, index) => `p${index}`);
		const found = [];
		for (const id of ids) found.push(await tx.project(id));
		return [await tx.host('h1'), found] as const;
	});
	expect(host).toEqual(hostOf('h1'));
	expect(projects.filter((project) => project !== undefined)).toHaveLength(saved);
	await again.close();
	expect(readdirSync(folder)).toEqual(['data']);
	if (!hasOwnDisk) context.skip('no disk of its own may be mounted here');
}, 120_000);

test('a place where no folder can be is told', async () => {
	const file = join(folder, 'file');
	writeFileSync(file, '');
	await expect(openPglite({ folder: join(file, 'data') })).rejects.toThrow(
		/^the folder .* cannot be used: ENOTDIR/,
	);
	await expect(openStore('mysql://root:geheim@localhost/x')).rejects.toThrow(
		'wrong URL of the database: it does not begin with postgres://',
	);
});

/** A project of a hundred kilobytes that do not compress. */
const bulky = (id: string) =>
	newProject(
		{
			id,
			tasks: [{ name: 't', commands: [{ command: 'x', display_name: 'n', variants: noise() }] }],
		},
		[],
	);

const noise = (): string[] =>
	Array.from({ length: 1000 }, () => crypto.randomUUID() + crypto.randomUUID());
