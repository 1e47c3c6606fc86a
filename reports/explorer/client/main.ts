import type { Desk, Opening } from './desk.ts';

/** What the page brings along to begin with: names and tokens, as they were written into it. */
function openingsOf(root: HTMLElement): Opening[] {
	const written: unknown = JSON.parse(root.dataset['openings'] ?? '[]');
	return Array.isArray(written)
		? written.flatMap(
				({ name, token, about }: { name?: unknown; token?: unknown; about?: unknown }) =>
					typeof name === 'string' && typeof token === 'string'
						? [{ name, token, about: typeof about === 'string' ? about : undefined }]
						: [],
			)
		: [];
}

/** What runs the model is only begun when it is wanted: a page that is read needs none of it. */
async function mount(root: HTMLElement, heard: HTMLElement): Promise<Desk> {
	const { mountExplorer } = await import('./mount.tsx');
	return await mountExplorer(root, { heard, openings: openingsOf(root) });
}

/** In a page about something else: not there, until it is opened, or a story of the page is to be explored. */
function whenWanted(root: HTMLElement, opens: HTMLButtonElement): void {
	let mounted: Promise<Desk> | null = null;
	const desk = (): Promise<Desk> => {
		mounted ??= mount(root, root);
		return mounted;
	};
	const show = async (): Promise<Desk> => {
		opens.hidden = true;
		root.hidden = false;
		const shown = await desk();
		root.scrollIntoView();
		return shown;
	};
	opens.hidden = false;
	opens.addEventListener('click', () => void show());
	if (/^#v\d+\./.test(location.hash)) void show();
	for (const code of document.querySelectorAll('.shell code')) {
		const token = /\bv\d+\.[\w.-]+/.exec(code.textContent ?? '')?.[0];
		if (token === undefined) continue;
		const button = document.createElement('button');
		button.type = 'button';
		button.textContent = 'Explore';
		button.dataset['explores'] = '';
		button.addEventListener('click', async () => {
			await (await show()).open(token);
			root.querySelector<HTMLElement>('[data-choice]')?.focus({ preventScroll: true });
		});
		code.parentElement?.append(button);
	}
}

const root = document.getElementById('explorer');
const opens = document.querySelector<HTMLButtonElement>('[data-opens="explorer"]');
if (root !== null && opens !== null) whenWanted(root, opens);
else if (root !== null)
	// What frames it is painted first: the model takes longer to begin than a page to be seen.
	requestAnimationFrame(() => setTimeout(() => mount(root, document.body)));
