import type { Response } from 'express';
import { html, Html } from '../../http/html';

const STYLE = new Html(`
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.45 system-ui, sans-serif; color: #313942; background: #f5f6f7; }
a { color: #1a66cc; overflow-wrap: anywhere; }
header { background: #0b1e3c; color: #fff; padding: 10px 24px; display: flex; gap: 20px; align-items: center; }
header a { color: #cfe0ff; text-decoration: none; }
header b { font-size: 17px; margin-right: auto; }
main { padding: 20px 24px; }
h1 { font-size: 22px; margin: 0 0 6px; } h2 { font-size: 16px; margin: 20px 0 8px; } .panel h2:first-child { margin-top: 0; }
button, select, input { font: inherit; padding: 6px 10px; border: 1px solid #c9ced6; border-radius: 5px; background: #fff; }
button { background: #1a66cc; border-color: #1a66cc; color: #fff; cursor: pointer; }
button.quiet { background: #fff; color: #1a66cc; }
form { display: inline-flex; gap: 6px; margin: 0; flex-wrap: wrap; align-items: center; }
.board { display: grid; grid-auto-flow: column; grid-auto-columns: minmax(150px, 1fr); gap: 10px; overflow-x: auto; }
.stage { background: #fff; border-top: 4px solid #ccc; border-radius: 5px; padding: 10px; min-height: 90px; }
.stage h3 { font-size: 13px; margin: 0 0 8px; color: #5c6670; }
.deal { display: block; border: 1px solid #e1e4e8; border-radius: 5px; padding: 8px; margin-bottom: 6px; color: inherit; text-decoration: none; }
.card { display: grid; grid-template-columns: minmax(380px, 1fr) minmax(420px, 1.2fr); gap: 20px; align-items: start; }
.panel { background: #fff; border-radius: 7px; padding: 18px 20px; box-shadow: 0 1px 3px #0001; margin-bottom: 16px; }
.price { font-size: 22px; font-weight: 600; }
.stages { display: flex; gap: 3px; margin: 12px 0; }
.stages i { flex: 1; height: 8px; border-radius: 3px; background: #e4e7eb; }
table { border-collapse: collapse; width: 100%; }
td, th { text-align: left; vertical-align: top; padding: 6px 10px 6px 0; border-bottom: 1px solid #eef0f2; }
td:first-child { color: #6b7580; width: 170px; }
.value { white-space: pre-wrap; overflow-wrap: anywhere; }
.pill { background: #e6f0ff; color: #114a99; border-radius: 10px; padding: 2px 10px; font-weight: 600; }
.note { border-left: 4px solid #9cc3ff; padding: 6px 12px; margin-bottom: 10px; background: #f8fafc; }
.note.common { border-color: #ffd479; }
.meta { color: #7b858f; font-size: 13px; }
.done { color: #7b858f; text-decoration: line-through; }
`);

const POLL = new Html(`<script>
setInterval(async () => {
	const main = document.querySelector('main');
	if (main.contains(document.activeElement) && document.activeElement.matches('select,input')) return;
	try {
		const text = await (await fetch(location.href)).text();
		const fresh = new DOMParser().parseFromString(text, 'text/html').querySelector('main');
		if (fresh && fresh.innerHTML !== main.innerHTML) main.innerHTML = fresh.innerHTML;
	} catch {}
}, 1000);
</script>`);

export function sendPage(res: Response, title: string, body: Html): void {
	const page = html`<!doctype html>
		<html lang="en">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width" />
				<title>${title}</title>
				<style>
					${STYLE}
				</style>
			</head>
			<body>
				<header><b>Kommo simulator</b><a href="/">Leads</a><a href="/faults">Faults</a></header>
				<main>${body}</main>
				${POLL}
			</body>
		</html>`;
	res.status(200).type('html').send(page.text);
}
