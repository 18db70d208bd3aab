import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import nodesBase from 'eslint-plugin-n8n-nodes-base';
import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** Imports run one way: nodes → gateways / Kommo client → http → core. */
const layers = [
	{
		target: './nodes/core',
		from: ['./nodes/!(core)/**', './credentials/**'],
		message: 'The core knows no n8n, no HTTP and no provider.',
	},
	{
		target: './nodes/http',
		from: ['./nodes/!(core|http)/**', './credentials/**'],
		message: 'The HTTP port knows no provider.',
	},
	{
		target: './nodes/*Payments/gateway',
		from: ['./nodes/*Payments/!(gateway)/**', './nodes/gateways/node/**', './nodes/Kommo/**'],
		message: 'A gateway implements the contract and knows nothing of nodes or of Kommo.',
	},
	{
		target: './nodes/Kommo',
		from: ['./nodes/*Payments/**'],
		message: 'Kommo knows PaymentEvents, not the gateways that made them.',
	},
	{
		target: './nodes/Kommo/client',
		from: ['./nodes/Kommo/!(client)/**'],
		message: 'The Kommo client knows no n8n.',
	},
	// One gateway never imports another.
	...['StripePayments', 'CheckoutComPayments', 'PaddlePayments', 'FlutterwavePayments'].map(
		(folder) => ({
			target: `./nodes/${folder}`,
			from: [`./nodes/!(${folder}|core|http|gateways|webhook|dedupe)/**`],
			message: 'One gateway never imports another.',
		}),
	),
];

export default tseslint.config(
	{
		ignores: [
			'dist/**',
			'coverage/**',
			'.cache/**',
			'test/n8n-host/node_modules/**',
			'test/artifacts/**',
		],
	},
	{
		files: ['**/*.ts'],
		extends: [...tseslint.configs.recommended],
		plugins: { 'import-x': importX },
		languageOptions: {
			parserOptions: { project: './test/tsconfig.json', tsconfigRootDir: import.meta.dirname },
		},
		settings: { 'import-x/resolver': { node: { extensions: ['.ts', '.js'] } } },
		rules: {
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
			'@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
			'@typescript-eslint/switch-exhaustiveness-check': [
				'error',
				{ considerDefaultExhaustiveForUnions: true },
			],
			// `!= null` is the short way to say neither null nor undefined.
			eqeqeq: ['error', 'always', { null: 'ignore' }],
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
			],
			'import-x/no-cycle': 'error',
			'import-x/no-restricted-paths': ['error', { zones: layers }],
		},
	},
	{
		files: ['nodes/**/*.ts', 'credentials/**/*.ts', 'package.json'],
		extends: [n8nCommunityNodesPlugin.configs.recommended],
	},
	{
		files: ['package.json'],
		plugins: { 'n8n-nodes-base': nodesBase },
		languageOptions: { parser: tseslint.parser, parserOptions: { extraFileExtensions: ['.json'] } },
		rules: nodesBase.configs.community.rules,
	},
	{
		files: ['nodes/**/*.node.ts'],
		plugins: { 'n8n-nodes-base': nodesBase },
		rules: {
			...nodesBase.configs.nodes.rules,
			// Written for the enum of n8n 0.x; NodeConnectionTypes is what n8n wants today.
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
		},
	},
	{
		files: ['credentials/**/*.ts'],
		plugins: { 'n8n-nodes-base': nodesBase },
		rules: {
			...nodesBase.configs.credentials.rules,
			// For nodes inside n8n's own repository, whose documentation lives under docs.n8n.io.
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
		},
	},
);
