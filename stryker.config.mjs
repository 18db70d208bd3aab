/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
	mutate: ['nodes/core/**/*.ts'],
	testRunner: 'jest',
	jest: { configFile: 'test/mutation/jest.config.js' },
	coverageAnalysis: 'perTest',
	// A busy machine is not an endless loop.
	timeoutMS: 20_000,
	ignorePatterns: ['dist', 'coverage', '.cache', 'test/artifacts', 'test/n8n-host/node_modules'],
	thresholds: { high: 95, low: 90, break: 85 },
	reporters: ['clear-text', 'progress-append-only', 'json'],
	jsonReporter: { fileName: 'test/artifacts/mutation.json' },
	clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
	tempDirName: '.cache/stryker',
};
