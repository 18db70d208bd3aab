/** Text that is HTML already; everything else is escaped when put into a template. */
export class Html {
	constructor(readonly text: string) {}
}

const ESCAPES: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

type Part = string | number | Html | null | undefined | false | Part[];

/** A template whose values are escaped unless they are HTML themselves. */
export function html(strings: TemplateStringsArray, ...values: Part[]): Html {
	return new Html(strings.reduce((text, piece, index) => text + show(values[index - 1]) + piece));
}

function show(value: Part): string {
	if (value === null || value === undefined || value === false) return '';
	if (value instanceof Html) return value.text;
	if (Array.isArray(value)) return value.map(show).join('');
	return String(value).replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char);
}

const STYLE = `
* { box-sizing: border-box }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: #f6f8fa }
main { max-width: 1080px; margin: 0 auto; padding: 32px 20px }
main.narrow { max-width: 460px }
h1 { font-size: 22px; margin: 0 0 4px } h2 { font-size: 16px; margin: 28px 0 8px }
.card { background: #fff; border: 1px solid var(--line); border-radius: 8px; padding: 24px; overflow-x: auto }
.soft { color: var(--soft) } .good { color: var(--good) } .bad { color: var(--bad) }
.amount { font-size: 34px; font-weight: 600; margin: 8px 0 16px }
label { display: block; margin: 0 0 12px; color: var(--soft); font-size: 13px }
input, select { width: 100%; padding: 9px 10px; border: 1px solid #c9d2dc; border-radius: 6px; font: inherit; color: var(--ink); background: #fff }
.row input, .row select { width: auto }
button, a.button { display: inline-block; padding: 10px 14px; border: 0; border-radius: 6px; background: var(--brand); color: #fff; font: inherit; font-weight: 600; cursor: pointer; text-decoration: none; text-align: center }
button.wide, a.wide { width: 100%; margin-bottom: 10px } button.quiet { background: #fff; color: var(--ink); border: 1px solid #c9d2dc }
button.small { padding: 3px 9px; font-weight: 400; font-size: 13px; white-space: nowrap }
table { border-collapse: collapse; width: 100%; font-size: 13px } th { text-align: left; color: var(--soft); font-weight: 500 }
td, th { padding: 7px 10px 7px 0; border-top: 1px solid var(--line); vertical-align: top } tr:first-child th { border-top: 0 }
code { font-size: 12px; overflow-wrap: anywhere } .row { display: flex; gap: 8px; flex-wrap: wrap; align-items: center } details .row { margin-top: 8px }
`;

export interface PageLook {
	width?: 'narrow' | 'wide';
	/** Colour of buttons. */
	brand?: string;
}

/** A titled card with a table, or with the word that there is nothing yet. */
export function section(title: string, heads: string[], rows: Html[]): Html {
	const none = html`<span class="soft">None yet.</span>`;
	const table = html`<table>
		<tr>
			${heads.map((head) => html`<th>${head}</th>`)}
		</tr>
		${rows}
	</table>`;
	return html`<h2>${title}</h2>
		<div class="card">${rows.length === 0 ? none : table}</div>`;
}

/** A whole page without outside assets. */
export function page(title: string, body: Html, look: PageLook = {}): string {
	const { width = 'wide', brand = '#635bff' } = look;
	const colours = `:root { --ink: #1a1f36; --soft: #697386; --line: #e3e8ee; --brand: ${brand}; --bad: #c0123c; --good: #0b7a43 }`;
	return html`<!doctype html>
		<html lang="en">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<title>${title}</title>
				<style>
					${new Html(colours + STYLE)}
				</style>
			</head>
			<body>
				<main class="${width}">${body}</main>
			</body>
		</html>`.text;
}
