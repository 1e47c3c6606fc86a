/** Has the browser save a text as a file; what is said of it. */
export function download(name: string, text: string): string {
	const address = URL.createObjectURL(new Blob([text], { type: 'text/yaml' }));
	const link = document.createElement('a');
	link.href = address;
	link.download = name;
	link.click();
	setTimeout(() => URL.revokeObjectURL(address), 10_000);
	return `Saved as ${name}, where your browser puts what it saves.`;
}
