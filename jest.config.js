const swc = [
	'@swc/jest',
	{
		jsc: { parser: { syntax: 'typescript', decorators: true }, target: 'es2022' },
		module: { type: 'commonjs' },
	},
];

/** @returns {import('jest').Config} */
const project = (name, extra = {}) => ({
	displayName: name,
	rootDir: __dirname,
	testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
	testEnvironment: 'node',
	// checkout-sdk-node is published as ES modules only.
	transform: { '^.+\\.ts$': swc, '/checkout-sdk-node/.+\\.js$': swc },
	transformIgnorePatterns: ['/node_modules/(?!checkout-sdk-node/)'],
	modulePathIgnorePatterns: [
		'<rootDir>/dist',
		'<rootDir>/test/n8n-host/node_modules',
		'<rootDir>/.cache',
	],
	...extra,
});

module.exports = {
	projects: [
		project('unit'),
		project('simulators'),
		project('engine', { setupFiles: ['<rootDir>/test/engine/setup.ts'] }),
		project('package'),
		project('faults', { setupFiles: ['<rootDir>/test/engine/setup.ts'] }),
		project('e2e', { globalSetup: '<rootDir>/test/e2e/global-setup.ts' }),
	],
	// `npm run test:coverage`: the rules of correctness are in the core.
	collectCoverageFrom: ['nodes/core/**/*.ts'],
	coverageThreshold: { global: { lines: 95, branches: 95 } },
	coverageReporters: ['text'],
	testTimeout: 300_000,
	// End-to-end tests mostly wait for n8n, and more n8n at a time than this would wait for one another.
	maxWorkers: 2,
	reporters: ['default', '<rootDir>/test/closing-line-reporter.js'],
};
