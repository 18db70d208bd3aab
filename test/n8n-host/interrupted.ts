/**
 * Rejects on Ctrl+C or SIGTERM, so that a command can end what it has started before it ends itself. To be called first:
 * what comes while something is still starting is told once that has started.
 */
export const interrupted = (): Promise<never> => {
	const interruption = new Promise<never>((_resolve, reject) => {
		for (const signal of ['SIGINT', 'SIGTERM'] as const) {
			process.once(signal, () => reject(new Error(`Interrupted by ${signal}.`)));
		}
	});
	// Nobody may be waiting yet when it comes.
	interruption.catch(() => {});
	return interruption;
};
