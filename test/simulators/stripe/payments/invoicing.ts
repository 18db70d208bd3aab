import { newInvoice, newInvoicePayment, type InvoiceInput } from '../objects/invoice';
import type { Simulation } from '../simulation';
import type { Invoice, InvoicePayment, PaymentIntent } from '../wire';

const THREE_DAYS = 3 * 24 * 60 * 60;

/** Makes a finalized invoice; its payment is a matter of `attachIntent` and `markPaid`. */
export function issueInvoice(simulation: Simulation, input: InvoiceInput): Invoice {
	const invoice = simulation.store.invoices.add(newInvoice(simulation, input));
	const { customer, subscription } = input;
	customer.next_invoice_sequence = (customer.next_invoice_sequence ?? 1) + 1;
	if (subscription) subscription.latest_invoice = invoice.id;
	simulation.events.emit('invoice.created', {
		...invoice,
		status: 'draft',
	} as Invoice);
	simulation.events.emit('invoice.finalized', invoice);
	return invoice;
}

export function attachIntent(
	simulation: Simulation,
	invoice: Invoice,
	intent: PaymentIntent,
): InvoicePayment {
	return simulation.store.invoicePayments.add(newInvoicePayment(simulation, invoice, intent.id));
}

/** `invoice.paid` always; `invoice.payment_succeeded` and `invoice_payment.paid` when money moved. */
export function markPaid(simulation: Simulation, invoice: Invoice): void {
	const now = simulation.seconds();
	Object.assign(invoice, {
		status: 'paid',
		amount_paid: invoice.amount_due,
		amount_remaining: 0,
		attempted: true,
		auto_advance: false,
		next_payment_attempt: null,
		attempt_count: invoice.amount_due > 0 ? invoice.attempt_count + 1 : 0,
		status_transitions: { ...invoice.status_transitions, paid_at: now },
	});
	simulation.events.emit('invoice.paid', invoice);
	simulation.events.emit('invoice.payment_succeeded', invoice);
	const payment = paymentOf(simulation, invoice);
	if (!payment) return;
	Object.assign(payment, {
		amount_paid: invoice.amount_paid,
		status: 'paid',
		status_transitions: { canceled_at: null, paid_at: now },
	});
	simulation.events.emit('invoice_payment.paid', payment);
}

export function markFailed(simulation: Simulation, invoice: Invoice): void {
	Object.assign(invoice, {
		attempted: true,
		attempt_count: invoice.attempt_count + 1,
		next_payment_attempt: simulation.seconds() + THREE_DAYS,
	});
	simulation.events.emit('invoice.payment_failed', invoice);
}

export function paymentOf(simulation: Simulation, invoice: Invoice): InvoicePayment | undefined {
	return simulation.store.invoicePayments
		.newestFirst()
		.find((payment) => payment.invoice === invoice.id);
}

export function intentOf(simulation: Simulation, invoice: Invoice): PaymentIntent | undefined {
	return simulation.store.paymentIntents.find(
		paymentOf(simulation, invoice)?.payment.payment_intent,
	);
}
