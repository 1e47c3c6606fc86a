/** The commands that a text shows, each once, as they would be pasted. */
export const printedCommands = (text: string): string[] => [
	...new Set([...text.matchAll(/npx mulligan [^`|\n]+/g)].map(([command]) => command.trim())),
];
