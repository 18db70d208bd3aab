import type { INodeCredentialDescription, INodeProperties } from 'n8n-workflow';
import { LONG_LIVED, CONSENTED } from '../kommo-context';

export const CREDENTIALS: INodeCredentialDescription[] = [LONG_LIVED, CONSENTED].map((name) => ({
	name,
	required: true,
	displayOptions: { show: { authentication: [name] } },
}));

export const AUTHENTICATION: INodeProperties = {
	displayName: 'Authentication',
	name: 'authentication',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Long-Lived Token', value: LONG_LIVED },
		{ name: 'OAuth2', value: CONSENTED },
	],
	default: LONG_LIVED,
};
