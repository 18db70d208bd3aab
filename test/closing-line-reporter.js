const GRACE_MS = 30_000;

/**
 * Prints 'N passed, N failed' as the very last line, so that any script can read the result. What a failed test has left
 * open does not keep the run from ending.
 */
module.exports = class ClosingLineReporter {
	onRunComplete(_contexts, results) {
		const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites, numPendingTests } = results;
		const failed = numFailedTests + numRuntimeErrorTestSuites;
		const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : '';
		this.line = `${numPassedTests} passed, ${failed} failed${skipped}`;
		process.on('exit', () => process.stdout.write(`${this.line}\n`));
		setTimeout(() => {
			process.stderr.write(`Something is still open after ${GRACE_MS / 1000} s: ending the run.\n`);
			process.exit();
		}, GRACE_MS).unref();
	}
};
