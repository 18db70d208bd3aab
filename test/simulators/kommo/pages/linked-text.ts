import { html, type Html } from '../../http/html';

/** Text with its web addresses made clickable. */
export function linked(text: string): Html {
	const pieces = text.split(/(https?:\/\/[^\s<>"]+)/);
	return html`${pieces.map((piece, index) =>
		index % 2 === 1
			? html`<a href="${piece}" target="_blank" rel="noreferrer">${piece}</a>`
			: piece,
	)}`;
}
