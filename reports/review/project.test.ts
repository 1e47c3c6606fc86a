import { expect, test } from 'vitest';
import type { Evidence } from '../evidence/evidence.ts';
import { reviewMarkdown } from '../markdown/review.ts';
import { page } from '../page/page.tsx';
import { evidenceOf } from '../testing/evidence.ts';
import { narratedStory } from '../testing/narrated-story.ts';
import { reviewOf } from '../testing/review.ts';
import { coverage } from './coverage.ts';
import { projectSection } from './project.ts';
import { shortened } from './shortened.ts';

const main = {
	block: 'main',
	among: 'alone',
	can_fail: true,
	background: false,
	story: null,
} as const;
const WORKS = { verdict: 'works', price: { saved: 1.5, restarts: 2.25 } } as const;
const NOWHERE = { verdict: 'uncalled', price: null } as const;
const told = { fails: 1, 'fails, then aborted': 1, 'times out': 1, aborted: 1 };

const PROJECT: NonNullable<Evidence['project']> = {
	file: 'ci/evergreen.yml',
	tasks: 3,
	task_instances: 5,
	flagged_tasks: 2,
	digest: '0123456789abcdef',
	warnings: ['ci/evergreen.yml:3:1: the flag does nothing (take it off)'],
	counts: { flags: 3, work: 1, partly: 1, idle: 0, uncalled: 1, idle_groups: 2, idle_blocks: 0 },
	trial: {
		on_variants: 5,
		flags: [
			{ ...WORKS, at: 'ci/evergreen.yml:9:7', runs: [{ ...main, told }] },
			{
				...WORKS,
				at: 'ci/evergreen.yml:12:7',
				runs: [
					{ ...main, among: 'single-host group', told },
					{ ...main, block: 'setup_group', among: 'group', can_fail: false, told },
					{ ...main, block: 'teardown_group', among: 'group', can_fail: false, told: {} },
				],
			},
			{ ...NOWHERE, at: 'ci/evergreen.yml:15:7', runs: [] },
		],
		left_out: [],
	},
};
const input = reviewOf({ evidence: evidenceOf({ project: PROJECT }) });

test('a project that was given has a section that names it: its flags, what a failure does, what is wrong', () => {
	const section = projectSection(input);
	expect(section).toMatchObject({
		id: 'project',
		title: 'Your project: ci/evergreen.yml',
		answer: expect.stringMatching(
			/^3 flagged commands: 1 works, 1 works but is idle in 2 groups, 1 is run by nothing in these files\. Tried: /,
		),
		source: 'npx mulligan explain ci/evergreen.yml',
	});
	expect(section?.blocks[0]).toMatchObject({
		rows: [
			[{ file: 'evergreen.yml:9:7' }, 'main', 'restarts the task', '4', '1.50', '2.25'],
			[
				{},
				'main, in a single-host group',
				'restarts the whole single-host group',
				...['4', '1.50', '2.25'],
			],
			[
				{},
				'setup_group, in a group',
				'fails no task; a time-out does, and restarts it',
				...['4', '', ''],
			],
			[{}, 'teardown_group, in a group', 'does nothing: it fails no task', '0', '', ''],
			[{}, 'nowhere', expect.stringContaining('does nothing'), '0', '', ''],
		],
	});
});

test('its warnings stand there and nowhere else', () => {
	expect(JSON.stringify(projectSection(input))).toContain('the flag does nothing');
	expect(JSON.stringify(coverage(input))).not.toContain('the flag does nothing');
});

test('page and Markdown have it right behind the verdict; without a project they have none', async () => {
	const [drawn, written] = [await page(input), reviewMarkdown(input)];
	expect(drawn.indexOf('id="project"')).toBeGreaterThan(drawn.indexOf('class="masthead"'));
	expect(drawn.indexOf('id="project"')).toBeLessThan(drawn.indexOf('id="decision"'));
	expect(written.indexOf('## Your project')).toBeGreaterThan(0);
	expect(written.indexOf('## Your project')).toBeLessThan(written.indexOf('## The decision'));
	const without = reviewOf({ evidence: evidenceOf({ project: null }) });
	expect(await page(without)).not.toContain('id="project"');
	expect(reviewMarkdown(without)).not.toContain('Your project');
});

test('of many flags the first are drawn, and that there are more is said', () => {
	const flags = Array.from({ length: 75 }, (_, line) => ({
		...NOWHERE,
		at: `a.yml:${line + 1}:1`,
		runs: [],
	}));
	const many = { ...PROJECT, trial: { on_variants: 5, flags, left_out: [] } };
	const section = projectSection(reviewOf({ evidence: evidenceOf({ project: many }) }));
	expect(section?.blocks[0]).toMatchObject({ rows: { length: 60 } });
	expect(JSON.stringify(section)).toContain('15 more flagged commands are not shown.');
});

test('of each kind of place there is a story, drawn, and to be played', async () => {
	const { trial } = PROJECT;
	const [first, ...others] = trial?.flags ?? [];
	const flags = [
		{
			...WORKS,
			at: first?.at ?? '',
			runs: [{ ...main, told, story: { events: 9, token: 'v2.story' } }],
		},
		...others,
	];
	const of = { ...PROJECT, trial: { on_variants: 5, flags, left_out: [] } };
	const story = { ...narratedStory(), token: 'v2.story' };
	const [without, drawn] = [[], [story]].map((told) =>
		reviewOf({ evidence: { ...evidenceOf({ project: of }), told } }),
	);
	if (without === undefined || drawn === undefined) throw new Error('two of them');
	const play = { kind: 'shell', command: 'npx mulligan replay v2.story' };
	expect(projectSection(without)?.blocks.slice(1, 3)).toEqual([
		{ kind: 'paragraph', strong: 'To play:', text: ['a failure in main: restarts the task.'] },
		play,
	]);
	const label = 'Story of a failure in main: restarts the task';
	expect(projectSection(drawn)?.blocks[1]).toEqual({
		kind: 'folded',
		summary: ['Told: a failure in main: restarts the task'],
		blocks: [{ kind: 'sequence', label, story: shortened(story) }, play],
	});
	const shown = await page(drawn);
	expect(shown.slice(shown.indexOf('id="project"'), shown.indexOf('id="decision"'))).toContain(
		`class="sequence" role="group" aria-label="${label}"`,
	);
	const written = reviewMarkdown(drawn);
	expect(written.slice(0, written.indexOf('## The decision'))).toContain('sequenceDiagram');
});
