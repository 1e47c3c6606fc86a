const SHOWN_MS = 2000;

/** Copies the command beside the button, and says that it did. */
export function copyOnPress(button: HTMLButtonElement): void {
	const command = button.parentElement?.querySelector('code');
	if (command == null) return;
	const label = button.textContent;
	button.hidden = false;
	button.addEventListener('click', async () => {
		button.textContent = (await copied(command)) ? 'Copied' : 'Marked: press Ctrl-C';
		setTimeout(() => {
			button.textContent = label;
		}, SHOWN_MS);
	});
}

/** A page from disk may not be allowed to write the clipboard: then the text is marked instead. */
async function copied(command: HTMLElement): Promise<boolean> {
	try {
		await navigator.clipboard.writeText(command.textContent ?? '');
		return true;
	} catch {
		getSelection()?.selectAllChildren(command);
		return false;
	}
}
