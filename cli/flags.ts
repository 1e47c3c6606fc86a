import { InvalidArgumentError } from 'commander';

export function portNumber(text: string): number {
	const port = Number(text);
	if (!/^\d+$/.test(text) || port > 65_535)
		throw new InvalidArgumentError('expected a port number from 0 (any) to 65535');
	return port;
}

export function positiveNumber(text: string): number {
	const value = Number(text);
	if (!Number.isFinite(value) || value <= 0)
		throw new InvalidArgumentError('expected a number larger than 0');
	return value;
}

export function webAddress(text: string): string {
	if (!/^https?:/.test(text) || !URL.canParse(text))
		throw new InvalidArgumentError('expected an address such as http://localhost:8080');
	return text;
}
