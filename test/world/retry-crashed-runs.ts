import type { N8nInstance } from '../n8n-host/n8n-instance';
import type { WorkflowFile } from '../n8n-host/n8n-records';
import { readTemplate } from './payment-world';

/** The template that retries crashed runs, set up for this n8n as its note tells a user to. */
export async function retryTemplateFor(n8n: N8nInstance): Promise<WorkflowFile> {
	const { id, name } = await n8n.createCredential({
		name: 'n8n API',
		type: 'n8nApi',
		data: { apiKey: await n8n.apiKey(), baseUrl: `${n8n.url}/api/v1` },
	});
	const template = await readTemplate('retry-crashed-runs.json');
	for (const node of template.nodes) {
		if (node.name === 'Config') {
			node.parameters = JSON.parse(
				JSON.stringify(node.parameters).replace('http://127.0.0.1:5678', n8n.url),
			);
		}
		if (node.type.endsWith('.httpRequest')) node.credentials = { n8nApi: { id, name } };
	}
	return template;
}
