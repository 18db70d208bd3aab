import path from 'node:path';
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import manifest from '../../package.json';

const ROOT = path.resolve(__dirname, '../..');

/** The nodes that package.json promises to n8n, from their sources, with the names they get in n8n. */
export async function ownNodeTypes(): Promise<INodeTypeDescription[]> {
	return await Promise.all(
		manifest.n8n.nodes.map(async (file) => {
			const source = path.join(ROOT, file.replace(/^dist\//, '').replace(/\.js$/, ''));
			const module = (await import(source)) as Record<string, new () => INodeType>;
			const NodeClass = module[path.basename(source, '.node')];
			if (!NodeClass) throw new Error(`${source} exports no class of its name.`);
			const { description } = new NodeClass();
			return { ...description, name: `${manifest.name}.${description.name}` };
		}),
	);
}
