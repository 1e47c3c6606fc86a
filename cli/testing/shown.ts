/** Whether a line is as a page shows it, where `…` stands for what differs from time to time. */
export const fits = (shown: string, line: string): boolean =>
	new RegExp(`^${shown.split('…').map(literally).join('.*')}$`).test(line);

const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
