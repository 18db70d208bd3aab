import {
	ICredentialsHelper,
	isExpression,
	NodeHelpers,
	type ICredentialDataDecryptedObject,
	type ICredentials,
	type ICredentialType,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialsDetails,
	type INodeParameters,
	type INodeProperties,
	type IRequestOptionsSimplified,
	type IWorkflowExecuteAdditionalData,
	type Workflow,
} from 'n8n-workflow';

export interface CredentialSettings {
	/** Fields by credential type name, e.g. `{ stripePaymentsApi: { secretKey: '…' } }`. */
	credentials?: Record<string, ICredentialDataDecryptedObject>;
	/** The real credential classes, as instances. A type without one has no defaults and adds nothing to requests. */
	credentialTypes?: readonly ICredentialType[];
}

/** What n8n's CredentialsHelper does for decrypting and authenticating, with the fields held in memory. */
export class StoredCredentials extends ICredentialsHelper {
	constructor(private readonly settings: CredentialSettings) {
		super();
	}

	private type(name: string): ICredentialType | undefined {
		return this.settings.credentialTypes?.find((type) => type.name === name);
	}

	override getParentTypes(name: string): string[] {
		const parents = this.type(name)?.extends ?? [];
		return parents.flatMap((parent) => [parent, ...this.getParentTypes(parent)]);
	}

	override isCredentialUsableByNode(): boolean {
		return true;
	}

	override getCredentialsProperties(name: string): INodeProperties[] {
		const inherited = this.getParentTypes(name).flatMap((parent) => this.type(parent)?.properties);
		return [...inherited, ...(this.type(name)?.properties ?? [])].filter(
			(property) => property !== undefined,
		);
	}

	override async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		_nodeCredentials: INodeCredentialsDetails,
		name: string,
	): Promise<ICredentialDataDecryptedObject> {
		const fields = this.settings.credentials?.[name] ?? {};
		const withDefaults = NodeHelpers.getNodeParameters(
			this.getCredentialsProperties(name),
			fields as INodeParameters,
			true,
			false,
			null,
			null,
		);
		return { ...(withDefaults as ICredentialDataDecryptedObject), ...fields };
	}

	override async authenticate(
		credentials: ICredentialDataDecryptedObject,
		name: string,
		requestOptions: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const request = requestOptions as IHttpRequestOptions;
		const authenticate = this.type(name)?.authenticate;
		if (authenticate === undefined) return request;
		if (typeof authenticate === 'function') return await authenticate(credentials, request);
		const resolve = (value: unknown): unknown =>
			isExpression(value) && workflow && node
				? String(
						workflow.expression.getSimpleParameterValue(
							node,
							value,
							'internal',
							{ $credentials: credentials },
							undefined,
							'',
						),
					)
				: value;
		const target = request as unknown as Record<string, Record<string, unknown> | undefined>;
		for (const [section, entries] of Object.entries(authenticate.properties)) {
			const values = (target[section] ??= {});
			for (const [key, value] of Object.entries(entries as Record<string, unknown>)) {
				values[String(resolve(key))] = resolve(value);
			}
		}
		return request;
	}

	override async preAuthentication(): Promise<undefined> {
		return undefined;
	}

	override async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	override async getCredentials(): Promise<ICredentials> {
		throw new Error('Stored credentials have no encrypted form in the test harness.');
	}

	override async updateCredentials(): Promise<void> {}

	override async updateCredentialsOauthTokenData(): Promise<void> {}
}
