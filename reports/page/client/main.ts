import { copyOnPress } from './copying.ts';
import { openForPrint, openTargets } from './opening.ts';
import { stepThrough } from './stepping.ts';

// All that the page says is there without this script; it only makes stories and commands handier.
for (const story of document.querySelectorAll<HTMLElement>('[data-story]')) stepThrough(story);
for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copies]'))
	copyOnPress(button);
openTargets();
openForPrint();
