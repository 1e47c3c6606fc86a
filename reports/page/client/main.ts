import { copyOnPress } from './copying.ts';
import { filterByVerdict } from './filtering.ts';
import { foldAll, search } from './folding.ts';
import { openForPrint, openTargets } from './opening.ts';
import { showPosition } from './position.ts';
import { stepThrough } from './stepping.ts';
import { zoomable } from './zooming.ts';

// All that the page says is there without this script; it only makes sections, stories and commands handier.
for (const story of document.querySelectorAll<HTMLElement>('[data-story]')) stepThrough(story);
for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copies]'))
	copyOnPress(button);
for (const tools of document.querySelectorAll<HTMLElement>('[data-tools]')) {
	foldAll(tools);
	search(tools);
	filterByVerdict(tools);
	tools.hidden = false;
}
for (const drawing of document.querySelectorAll<HTMLElement>('[data-drawn]')) zoomable(drawing);
openTargets();
openForPrint();
showPosition();
