import type { INodeProperties } from 'n8n-workflow';
import type { Gateway } from '../gateway';
import type { GatewayOperation } from './gateway-operation';
import { OPERATIONS } from './operations';

/** Provider-specific options, by resource and operation: { 'paymentLink.create': […] }. */
export type OperationOptions = Readonly<Record<string, INodeProperties[]>>;

const RESOURCES = [
	{ name: 'Payment', value: 'payment' },
	{ name: 'Payment Link', value: 'paymentLink' },
] as const;

/** The parameters of every gateway action node. */
export function actionProperties(
	gateway: Gateway,
	operationOptions: OperationOptions,
): INodeProperties[] {
	const operations = OPERATIONS.filter((operation) => operation.isSupportedBy?.(gateway) ?? true);
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: [...RESOURCES],
			default: 'paymentLink',
		},
		...RESOURCES.map(({ value }) => operationSelector(value, operations)),
		...operations.flatMap((operation) => {
			const options = operationOptions[`${operation.resource}.${operation.value}`] ?? [];
			return operation
				.properties(gateway, options)
				.map((property) => shownFor(operation, property));
		}),
	];
}

function operationSelector(
	resource: GatewayOperation['resource'],
	operations: readonly GatewayOperation[],
): INodeProperties {
	const own = operations.filter((operation) => operation.resource === resource);
	const firstOperation = own[0]?.value ?? '';
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource] } },
		options: own.map(({ name, value, action, description }) => ({
			name,
			value,
			action,
			description,
		})),
		default: firstOperation,
	};
}

function shownFor(operation: GatewayOperation, property: INodeProperties): INodeProperties {
	return {
		...property,
		displayOptions: {
			...property.displayOptions,
			show: {
				...property.displayOptions?.show,
				resource: [operation.resource],
				operation: [operation.value],
			},
		},
	};
}
