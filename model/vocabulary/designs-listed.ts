/** Made of the files of the designs: `npm run schemas`. */
export const LISTED = {
	rest: { proof: 'service-key', forwards: false },
	'local-api': { proof: 'secrets', forwards: true },
	'auto-retry': { proof: 'secrets', forwards: false },
	flag: { proof: 'secrets', forwards: false },
} as const;
