/** What travels as JSON. Field lists: Checkout.com's NAS OpenAPI of 2023-07-13 and the pages of its event types. */

export interface Href {
	href: string;
}

export type Metadata = Record<string, string | number | boolean | null>;

export interface Address {
	address_line1?: string;
	address_line2?: string;
	city?: string;
	state?: string;
	zip?: string;
	country: string;
}

export interface LinkRequest {
	/** Minor units. */
	amount: number;
	currency: string;
	billing: { address: Address; phone?: { country_code?: string; number: string } };
	payment_type?: string;
	reference?: string;
	description?: string;
	processing_channel_id?: string;
	/** Seconds. */
	expires_in?: number;
	customer?: { email?: string; name?: string };
	shipping?: object;
	allow_payment_methods?: string[];
	products?: Array<{ name: string; quantity: number; price: number }>;
	metadata?: Metadata;
	'3ds'?: { enabled?: boolean };
	return_url?: string;
	locale?: string;
	capture?: boolean;
	capture_on?: string;
	display_name?: string;
}

export interface Balances {
	total_authorized: number;
	total_voided: number;
	available_to_void: number;
	total_captured: number;
	available_to_capture: number;
	total_refunded: number;
	available_to_refund: number;
}

export type PaymentStatus =
	| 'Pending'
	| 'Authorized'
	| 'Voided'
	| 'Partially Captured'
	| 'Captured'
	| 'Partially Refunded'
	| 'Refunded'
	| 'Declined'
	| 'Canceled'
	| 'Expired';

export interface PaymentAction {
	id: string;
	type: 'Authorization' | 'Void' | 'Capture' | 'Refund' | 'Return';
	processed_on: string;
	amount: number;
	approved: boolean;
	auth_code?: string;
	response_code: string;
	response_summary: string;
	/** The merchant's for this action, where it has one of its own. */
	reference?: string;
	metadata?: Metadata;
}

export type PaymentSource = { id: string; type: string } & Record<string, unknown>;

export type EventBucket = 'gateway' | 'dispute';

export type WorkflowCondition =
	| { type: 'event'; events: Record<string, string[]> }
	| { type: 'entity'; entities: string[] }
	| { type: 'processing_channel'; processing_channels: string[] };

export interface WebhookAction {
	type: 'webhook';
	url: string;
	headers?: Record<string, string>;
	signature?: { method?: 'HMACSHA256'; key: string };
	retry?: { enabled?: boolean };
}

export interface WorkflowRequest {
	name?: string;
	active?: boolean;
	conditions: WorkflowCondition[];
	actions: WebhookAction[];
}

export interface WorkflowPatch {
	name?: string;
	active?: boolean;
	conditions?: WorkflowCondition[];
	actions?: Array<WebhookAction & { workflow_action_id?: string }>;
}
