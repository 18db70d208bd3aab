import type { Express } from 'express';
import type { Context } from '../context';
import type { Pipeline, Status } from '../entities';
import { selfLink, sendHal } from '../list-query';
import { notFound } from '../problem';

export function pipelineRoutes(app: Express, ctx: Context): void {
	const find = (id: unknown): Pipeline => {
		const pipeline = ctx.store.pipelines.get(Number(id));
		if (!pipeline) throw notFound('Pipeline not found');
		return pipeline;
	};
	app.get('/api/v4/leads/pipelines', (_req, res) => {
		const pipelines = [...ctx.store.pipelines.values()];
		sendHal(res, 200, {
			_total_items: pipelines.length,
			...selfLink(ctx, 'leads/pipelines'),
			_embedded: { pipelines: pipelines.map((pipeline) => renderPipeline(ctx, pipeline)) },
		});
	});
	app.get('/api/v4/leads/pipelines/:id', (req, res) => {
		sendHal(res, 200, renderPipeline(ctx, find(req.params.id)));
	});
	app.get('/api/v4/leads/pipelines/:id/statuses', (req, res) => {
		const { statuses } = find(req.params.id);
		sendHal(res, 200, {
			_total_items: statuses.length,
			_embedded: { statuses: statuses.map((status) => renderStatus(ctx, status)) },
		});
	});
	app.get('/api/v4/leads/pipelines/:id/statuses/:statusId', (req, res) => {
		const statusId = Number(req.params.statusId);
		const status = find(req.params.id).statuses.find(({ id }) => id === statusId);
		if (!status) throw notFound('Status not found');
		sendHal(res, 200, renderStatus(ctx, status));
	});
}

function renderPipeline(ctx: Context, pipeline: Pipeline): object {
	const { statuses, ...rest } = pipeline;
	return {
		...rest,
		account_id: ctx.account.id,
		...selfLink(ctx, `leads/pipelines/${pipeline.id}`),
		_embedded: { statuses: statuses.map((status) => renderStatus(ctx, status)) },
	};
}

function renderStatus(ctx: Context, status: Status): object {
	return {
		...status,
		account_id: ctx.account.id,
		...selfLink(ctx, `leads/pipelines/${status.pipeline_id}/statuses/${status.id}`),
	};
}
