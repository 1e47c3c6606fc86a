/** Whether the text is on the clipboard now; a page from disk may not be allowed to put it there. */
export async function copied(text: string): Promise<boolean> {
	try {
		await navigator.clipboard.writeText(text);
		return true;
	} catch {
		return false;
	}
}
