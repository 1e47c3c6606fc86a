import { type Broken, nothingFound } from '../review/broken.ts';
import { makesFor, type ReviewInput } from '../review/input.ts';
import { replayCommand } from '../wording/commands.ts';
import { plural } from '../wording/figures.ts';
import { Missing, Said, Section, Shell, sanitized } from './parts.tsx';
import { Sequence } from './sequence.tsx';

/** Each broken promise as a story to step through. */
export const StoriesSection = ({
	input,
	stories,
	cut,
}: {
	input: ReviewInput;
	stories: readonly Broken[];
	cut: number;
}) => {
	const groups = [
		{
			title: 'Found in what was put on trial',
			none: nothingFound(input, stories),
			of: stories.filter(({ kind }) => kind === 'finding'),
		},
		{
			title: 'Why the other designs fall',
			none: null,
			of: stories.filter(({ kind }) => kind === 'design'),
		},
		{
			title: 'What had to be caught',
			none: null,
			of: stories.filter(({ kind }) => kind === 'canary'),
		},
	];
	return (
		<Section
			id="stories"
			title="Stories of broken promises"
			lead="Each is the shortest story known. Step through it with the buttons, or with the arrow keys while it has the focus; ⚡ marks a fault, ✕ the first broken event."
		>
			{input.designs === null ? (
				<Missing
					what="Stories of the other designs are not here (no designs.json)."
					command={makesFor(input).designs}
				/>
			) : null}
			{groups.map(({ title, none, of }) =>
				of.length === 0 && none === null ? null : (
					<>
						<h3>{title}</h3>
						{of.length === 0 ? <p>{none}</p> : null}
						{of.map((one) => (
							<Story broken={one} open={one === stories[0]} />
						))}
					</>
				),
			)}
			{cut === 0 ? null : (
				<p class="cut">
					{plural(cut, 'story')} could not be drawn within the size of this page; the evidence holds{' '}
					{cut === 1 ? 'it' : 'them'}.
				</p>
			)}
		</Section>
	);
};

const Story = ({ broken, open }: { broken: Broken; open: boolean }) => {
	const { anchor, guarantee, sentence, where, events, notes, story, token } = broken;
	return (
		<details class="story" id={anchor} {...(open ? { open: true } : {})}>
			<summary>
				<span class="mark violated">
					<span class="glyph" aria-hidden="true">
						✕
					</span>{' '}
					{sanitized(guarantee)}
				</span>{' '}
				<span class="where">
					<Said>{where}</Said>
					{events === null ? null : ` · ${plural(events, 'event')}`}
				</span>
				<span class="what">
					<Said>{sentence}</Said>
				</span>
			</summary>
			{notes.map((note) => (
				<p>
					<Said>{note}</Said>
				</p>
			))}
			{story === null ? (
				<p class="cut">This story is not drawn here; the command shows it.</p>
			) : (
				<>
					<p class="setup">
						<Said>{`${story.setup} Seen on: ${story.system}.`}</Said>
					</p>
					<Sequence story={story} label={`Story of ${guarantee}, ${where}`} />
				</>
			)}
			{token === null ? (
				<p>The token is too large to show: run again with the seed, or look into the evidence.</p>
			) : (
				<Shell label="command that replays this story">{replayCommand(token)}</Shell>
			)}
		</details>
	);
};
