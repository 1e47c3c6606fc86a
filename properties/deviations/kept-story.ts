import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fromToken, type Story } from '../../model/vocabulary/stories/story.ts';
import { model } from '../systems/model.ts';
import { replaying, type Step, type TrialResult, trial } from '../trial/trial.ts';
import { type Deviation, deviating, fileOf } from './deviation.ts';

/** Where the story that shows a deviation is kept, from here: in the corpus, which every `verify` tells first. */
const keptIn = (deviation: Deviation, corpus: string): string =>
	relative('', join(corpus, `${fileOf(deviation)}.token`));

export const keptStory = (deviation: Deviation, corpus: string): Story =>
	fromToken(readFileSync(keptIn(deviation, corpus), 'utf8').trim());

/** A kept story, told of the reference with the bug in it. */
export interface Told {
	/** Where it is kept. */
	readonly file: string;
	readonly story: Story;
	readonly result: TrialResult;
	readonly steps: readonly Step[];
	/** The guarantees that fall first, all at one event. */
	readonly fallen: readonly string[];
	/** Whether it shows what it must: exactly those guarantees, or the difference from the model where none is to fall. */
	readonly isShown: boolean;
}

/** Tells the story of a deviation; of the broken reference alone, so that a promise must fall. */
export async function tell(deviation: Deviation, corpus: string): Promise<Told> {
	const story = keptStory(deviation, corpus);
	const steps: Step[] = [];
	const result = await trial([deviating(deviation)], story.setup, replaying(story.events), {
		goOn: true,
		onStep: (step) => steps.push(step),
	});
	const { broken } = result;
	const first = broken.filter(({ index }) => index === broken[0]?.index);
	const fallen = first.map(({ guarantee }) => guarantee);
	const isAsSaid = fallen.join() === deviation.breaks.join();
	const isShown = isAsSaid && (fallen.length > 0 || (await differs(deviation, story)));
	return { file: keptIn(deviation, corpus), story, result, steps, fallen, isShown };
}

async function differs(deviation: Deviation, { setup, events }: Story): Promise<boolean> {
	const { finding } = await trial([model(), deviating(deviation)], setup, replaying(events));
	return finding?.kind === 'diverged';
}
