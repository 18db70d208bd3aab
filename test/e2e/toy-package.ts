import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** A community package as small as it can be, to test the driver without our own nodes. */

const MANIFEST = {
	name: 'n8n-nodes-toy',
	version: '0.0.1',
	keywords: ['n8n-community-node-package'],
	n8n: {
		n8nNodesApiVersion: 1,
		credentials: ['dist/ToyApi.credentials.js'],
		nodes: ['dist/ToyTrigger.node.js', 'dist/Toy.node.js'],
	},
};

const CREDENTIAL = `
exports.ToyApi = class ToyApi {
	name = 'toyApi';
	displayName = 'Toy API';
	properties = [{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: '' }];
	test = { request: { baseURL: '={{$credentials.baseUrl}}', url: '/healthz' } };
};`;

/** Publishing fails when the parameter 'refuse' says why. */
const TRIGGER = `
exports.ToyTrigger = class ToyTrigger {
	description = {
		displayName: 'Toy Trigger', name: 'toyTrigger', group: ['trigger'], version: 1, description: '',
		defaults: { name: 'Toy Trigger' }, inputs: [], outputs: ['main'],
		webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', responseData: '', path: 'webhook' }],
		properties: [{ displayName: 'Refuse', name: 'refuse', type: 'string', default: '' }],
	};
	webhookMethods = { default: {
		async checkExists() { return false; },
		async create() {
			const refuse = this.getNodeParameter('refuse');
			if (refuse) throw new Error(refuse);
			return true;
		},
		async delete() { return true; },
	} };
	async webhook() {
		return { workflowData: [[{ json: this.getBodyData() }]], webhookResponse: { taken: true } };
	}
};`;

/** Fails for an item that says so, unless the execution is a retry. */
const ACTION = `
exports.Toy = class Toy {
	description = {
		displayName: 'Toy', name: 'toy', group: ['transform'], version: 1, description: '',
		defaults: { name: 'Toy' }, inputs: ['main'], outputs: ['main'],
		credentials: [{ name: 'toyApi', required: false }],
		properties: [],
	};
	async execute() {
		return [this.getInputData().map(({ json }, item) => {
			if (json.fail && this.getMode() !== 'retry') throw new Error('The toy broke');
			return { json: { ...json, played: true }, pairedItem: { item } };
		})];
	}
};`;

/** Writes the package into `directory`, ready for `npm pack`. */
export const writeToyPackage = async (directory: string): Promise<void> => {
	await mkdir(path.join(directory, 'dist'), { recursive: true });
	await writeFile(path.join(directory, 'package.json'), JSON.stringify(MANIFEST));
	await writeFile(path.join(directory, 'dist/ToyApi.credentials.js'), CREDENTIAL);
	await writeFile(path.join(directory, 'dist/ToyTrigger.node.js'), TRIGGER);
	await writeFile(path.join(directory, 'dist/Toy.node.js'), ACTION);
};
