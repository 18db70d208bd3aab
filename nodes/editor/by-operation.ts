/**
 * Looks a value up by the resource and the operation that are chosen in a node. n8n has only expressions for what depends
 * on parameters.
 * @param values by 'resource:operation'; none may hold objects within objects, whose braces would end the expression
 */
export function byOperation(values: Readonly<Record<string, unknown>>, otherwise: unknown): string {
	const key = '$parameter["resource"] + ":" + $parameter["operation"]';
	return `={{ (${JSON.stringify(values)})[${key}] ?? ${JSON.stringify(otherwise)} }}`;
}
