import { describe, expect, test } from 'vitest';
import { evidenceOf, hostileEvidence } from '../testing/evidence.ts';
import { hostsChange, narratedStory } from '../testing/narrated-story.ts';
import { reviewOf } from '../testing/review.ts';
import { sequence } from './diagrams.ts';
import { reviewMarkdown } from './review.ts';

const NASTY = '</script><img src=x onerror=alert(1)> [x](https://evil) `a` | @you #1 ```\n## up';

test('has every section, a diagram for each told story and for each machine', () => {
	const text = reviewMarkdown(
		reviewOf({ since: { file: 'old.json', evidence: hostileEvidence() } }),
	);
	expect(text.match(/^## .*/gm)).toEqual([
		'## The decision',
		'## The designs, side by side',
		'## Stories of broken promises',
		'## The machines',
		'## How hard it was tried',
		'## Real bugs that are found',
		'## What it buys, and what it costs',
		'## From statement to evidence',
		'## What changed',
		'## How to reproduce',
		'## What is not covered',
		'## Words',
	]);
	expect(text.match(/^sequenceDiagram$/gm)).toHaveLength(3);
	expect(text.match(/^stateDiagram-v2$/gm)).toHaveLength(1);
	expect(text).toContain('s0 --> s2 : PRESS  12,345×<br/>PRESS #91;held#93;  3×');
	expect(text).toContain('Note over p0,p2: ✕ It should change nothing');
});

test('a host that comes late is created in the diagram, and one that is gone destroyed', () => {
	const { lines } = sequence(hostsChange());
	expect(lines).toEqual([
		...['sequenceDiagram', '\tautonumber'],
		'\tparticipant p0 as h1',
		'\tparticipant p2 as app server',
		'\tparticipant p3 as user',
		'\tp0--)p2: next (sent)',
		'\tcreate participant p1 as h2',
		'\tp3->>p1: comes',
		'\tdestroy p0',
		'\tp3->>p0: ⚡ is taken away',
		'\tp0->>p2: next',
	]);
});

describe('names from files', () => {
	const hostile = () => {
		const evidence = hostileEvidence();
		return reviewMarkdown(
			reviewOf({
				evidence: {
					...evidence,
					project: evidence.project && { ...evidence.project, file: NASTY },
					told: [
						narratedStory({
							token: 'v1.finding',
							lanes: [
								{ kind: 'agent', name: NASTY },
								{ kind: 'server', name: '\u{202e}server;%%{init}%%' },
								{ kind: 'user', name: 'n'.repeat(5000) },
							],
						}),
					],
				},
			}),
		);
	};

	test('are text: they open no tag, link, fence, heading, cell or mention', () => {
		// The words at its end are ours, code among them.
		const [text = ''] = hostile().split('\n## Words\n');
		const fenced = /^(`{3,})(sh|mermaid)$[\s\S]*?^\1$/gm;
		const outside = text.replaceAll(fenced, '');
		expect(outside.length).toBeLessThan(text.length);
		for (const code of outside.match(/`[^`]*`/g) ?? []) expect(code).toMatch(/^`model\/[\w/.-]+`$/);
		expect(outside.replaceAll(/`[^`]*`/g, '')).not.toMatch(
			/[<`]|\]\(|^## up|@you|(?<!&)#1|https:/m,
		);
	});

	test('are text in diagrams too, and short ones', () => {
		const lanes = hostile().match(/^\tparticipant .*/gm) ?? [];
		expect(lanes.length).toBeGreaterThan(2);
		for (const lane of lanes) {
			expect(lane).not.toMatch(/[<>;%`[\]\u{202e}](?!$)(?<!#\d+;)/u);
			expect(lane.length).toBeLessThan(500);
		}
	});
});

test('a command that makes what is missing names the project and the folder that are known', () => {
	const { project } = evidenceOf();
	const text = reviewMarkdown(
		reviewOf({
			evidence: evidenceOf({ project: project && { ...project, file: 'ci/evergreen.yml' } }),
			designs: null,
			simulation: null,
			output: 'out here',
		}),
	);
	for (const [command, times] of [
		["npx mulligan designs --output 'out here'", 3],
		["npx mulligan simulate ci/evergreen.yml --output 'out here'", 2],
	] as const)
		expect(text.match(new RegExp(`^${command}$`, 'gm'))).toHaveLength(times);
	expect(text).not.toContain('<project.yml>');
});

test('of the canary it says that the command plays the systems that are not broken', () => {
	expect(reviewMarkdown(reviewOf())).toMatch(
		/### What had to be caught\n\n#### ✕ .*\n\n.*\n\nThe command plays these events on the model and the reference as they are: /,
	);
});

test('what is missing is said, with the command that makes it', () => {
	const text = reviewMarkdown(
		reviewOf({ evidence: null, designs: null, simulation: null, told: [] }),
	);
	expect(text).toContain('**? unknown.**');
	for (const command of ['npx mulligan verify', 'npx mulligan designs', 'npx mulligan simulate'])
		expect(text).toContain(command);
});
