import type { Story } from '../review/document.ts';
import { replayCommand } from '../wording/commands.ts';
import { sentence as asSentence, NO_TOKEN, NOT_DRAWN, saySetup } from '../wording/fate.ts';
import { plural } from '../wording/figures.ts';
import { sayBroken } from '../wording/guarantee.ts';
import { VERDICTS } from '../wording/verdicts.ts';
import { filtered, Said, Shell } from './parts.tsx';
import { Sequence } from './sequence.tsx';

/** A broken promise as a story to step through. */
export const StoryPart = (told: Story) => {
	const { anchor, guarantee, sentence, where, events, notes, story, token, on, isFirst } = told;
	return (
		<details
			class={isFirst ? 'story first' : 'story'}
			id={anchor}
			{...(isFirst ? { open: true } : {})}
			{...filtered(['violated'])}
		>
			<summary>
				<span class="broken-glyph" aria-hidden="true">
					{VERDICTS.violated.glyph}
				</span>{' '}
				<Said>{sayBroken(sentence, guarantee)}</Said>
				<span class="where">
					<Said>{where}</Said>
					{events === null ? null : ` · ${plural(events, 'event')}`}
				</span>
			</summary>
			{notes.map((note) => (
				<p>
					<Said>{note}</Said>
				</p>
			))}
			{story === null ? (
				<p class="cut">{NOT_DRAWN}</p>
			) : (
				<>
					<p class="setup">
						<Said>{saySetup(story)}</Said>
					</p>
					<Sequence story={story} label={`Story of ${guarantee}, ${where}`} />
				</>
			)}
			{token === null ? (
				<p>{asSentence(NO_TOKEN)}</p>
			) : (
				<Shell label="command that replays this story">{replayCommand(token, on)}</Shell>
			)}
		</details>
	);
};
