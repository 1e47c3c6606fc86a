import { beforeAll, expect, test } from 'vitest';
import { designConfigurations } from '../../model/checker/configurations/designs.ts';
import { sizedTo } from '../../model/checker/configurations/sized.ts';
import { DesignsEvidence } from '../../reports/evidence/design-evidence.ts';
import type { Shard } from '../../reports/evidence/shard.ts';
import { designContradictionsOf } from '../../reports/judging/design-contradictions.ts';
import { RANDOM_STORIES } from '../../reports/judging/designs.ts';
import { mergeDesigns } from '../../reports/merging/designs.ts';
import { tryDesigns } from './trial.ts';

const configurations = designConfigurations
	.slice(0, 2)
	.map((sized) => sizedTo(sized, 'quick'))
	.map((one) => ({ ...one, bounds: { ...one.bounds, outcomes: ['failed'] as const } }));

/** Each configuration and the random stories, under each design. */
const THINGS = 4 * (configurations.length + 1);

const tried = async (shard?: Shard): Promise<DesignsEvidence> => {
	const evidence = await tryDesigns({
		profile: 'quick',
		seed: 1,
		stories: 8,
		configurations,
		shard,
	});
	return DesignsEvidence.parse(JSON.parse(JSON.stringify(evidence)));
};

let whole: DesignsEvidence;
beforeAll(async () => {
	whole = await tried();
}, 60_000);

test.each([2, THINGS + 1])(
	'of %i parts the union says of every guarantee and claim what the whole trial says',
	async (of) => {
		const parts: { file: string; evidence: DesignsEvidence }[] = [];
		for (let index = 1; index <= of; index++)
			parts.push({ file: String(index), evidence: await tried({ index, of }) });
		for (const { evidence } of parts) expect(designContradictionsOf(evidence)).toEqual([]);
		const union = mergeDesigns(parts.reverse());
		expect(designContradictionsOf(union)).toEqual([]);
		expect(union.shard).toBeNull();
		const fates = ({ claims }: DesignsEvidence) => claims.map(({ id, verdict }) => [id, verdict]);
		expect(fates(union)).toEqual(fates(whole));
		// Random stories may show in another story what a configuration of another part shows.
		const explored = ({ designs }: DesignsEvidence) =>
			designs.map(({ parts: done, states, verdict, facts }) => ({
				...{ states, verdict, facts },
				explored: done.filter(({ name }) => name !== RANDOM_STORIES),
				names: done.map(({ name }) => name),
			}));
		expect(explored(union)).toEqual(explored(whole));
		const verdicts = ({ designs }: DesignsEvidence) =>
			designs.map(({ cells }) => cells.map(({ guarantee, verdict }) => [guarantee, verdict]));
		expect(verdicts(union)).toEqual(verdicts(whole));
	},
	60_000,
);

test('parts of other seeds are refused', async () => {
	const [one, two] = [
		{ ...whole, shard: { index: 1, of: 2 } },
		{ ...whole, shard: { index: 2, of: 2 }, seed: 2 },
	].map((evidence, place) => ({ file: String(place + 1), evidence }));
	if (one === undefined || two === undefined) throw new Error('there are two');
	expect(() => mergeDesigns([one, two])).toThrow('2: its seed is 2, but that of 1 is 1');
});
