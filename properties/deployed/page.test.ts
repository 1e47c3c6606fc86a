import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DEVIATIONS } from '../deviations/index.ts';
import { fallenOf } from './as-deployed.ts';
import { DEPLOYED, DEPLOYED_NAMES } from './index.ts';
import { asDeployedPage } from './page.ts';

const CORPUS = join(import.meta.dirname, '../corpus');

test('docs/as-deployed.md says what each deployed system breaks', async () => {
	const [server, agent, both] = await Promise.all([
		fallenOf('evergreen-server-953ae91', CORPUS),
		fallenOf('evergreen-agent-953ae91', CORPUS),
		fallenOf('evergreen-953ae91', CORPUS),
	]);
	const fallen = {
		'evergreen-server-953ae91': server,
		'evergreen-agent-953ae91': agent,
		'evergreen-953ae91': both,
	};
	const page = asDeployedPage(fallen);
	expect(page).not.toMatch(/: \?$/m);
	const apart = [...server, ...agent].map(({ guarantee }) => guarantee);
	expect(both.map(({ guarantee }) => guarantee)).toEqual(
		expect.arrayContaining([...new Set(apart)]),
	);
	await expect(page).toMatchFileSnapshot('../../docs/as-deployed.md');
});

test('each row that is in one is a bug that is known alone, or is told why it is not', () => {
	const known = DEVIATIONS.flatMap(({ id, also = [] }) => [id, ...also]);
	for (const name of DEPLOYED_NAMES)
		expect(DEPLOYED[name].rows.filter((row) => row !== 'F13' && !known.includes(row))).toEqual([]);
});
