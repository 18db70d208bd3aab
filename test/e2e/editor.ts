import { accessSync, constants } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Locator, type Page, type Response, selectors } from 'playwright-core';
import type { N8nInstance } from '../n8n-host/n8n-instance';
import { waitFor } from '../n8n-host/wait-for';

const ARTIFACTS = path.resolve(__dirname, '../artifacts');

const CHROMIUM_PATHS = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

const LOOPBACK = new Set(['127.0.0.1', 'localhost']);

const VIEWPORT = { width: 1600, height: 900 };

const isExecutable = (file: string): boolean => {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
};

/** The browser of this machine, CHROMIUM_PATH first, or null when there is none. */
export const findChromium = (): string | null => {
	const own = process.env.CHROMIUM_PATH;
	return [...(own ? [own] : []), ...CHROMIUM_PATHS].find(isExecutable) ?? null;
};

/** n8n's editor in a browser, signed in. Its methods do what a person does with mouse and keyboard. */
export class Editor {
	private constructor(
		readonly page: Page,
		private readonly n8n: N8nInstance,
		/** Requests to other machines; each was refused. */
		readonly blockedRequests: readonly string[],
		/** Ends the browser. */
		readonly close: () => Promise<void>,
	) {}

	/** @throws when there is no browser; ask `findChromium()` first. */
	static async start(n8n: N8nInstance): Promise<Editor> {
		const executablePath = findChromium();
		if (executablePath === null) {
			throw new Error('No Chromium found. Install it, or name one in CHROMIUM_PATH.');
		}
		selectors.setTestIdAttribute('data-test-id');
		const profile = await mkdtemp(path.join(tmpdir(), 'chromium-'));
		const options = { executablePath, headless: true, args: FLAGS, viewport: VIEWPORT };
		const context = await chromium.launchPersistentContext(profile, options);
		const close = async () => {
			await context.close();
			await rm(profile, { recursive: true, force: true, maxRetries: 3 });
		};
		try {
			const blocked: string[] = [];
			await context.route(
				(url) => /^(https?|wss?):$/.test(url.protocol) && !LOOPBACK.has(url.hostname),
				async (route) => {
					blocked.push(route.request().url());
					await route.abort();
				},
			);
			await context.addCookies([n8n.cookie]);
			const page = context.pages()[0] ?? (await context.newPage());
			page.setDefaultTimeout(60_000);
			await mkdir(ARTIFACTS, { recursive: true });
			return new Editor(page, n8n, blocked, close);
		} catch (error) {
			await close();
			throw error;
		}
	}

	/** Resolves when the nodes are on the canvas. */
	async openWorkflow(workflowId: string): Promise<void> {
		await this.page.goto(`${this.n8n.url}/workflow/${workflowId}`);
		await this.page.getByTestId('canvas-node').first().waitFor();
	}

	/** Double-clicks a node of the workflow that is open. */
	async enterNode(name: string): Promise<void> {
		await this.page.keyboard.press('Digit1');
		await this.node(name).dblclick();
		await this.page.getByTestId('node-parameters').waitFor();
	}

	async leaveNode(): Promise<void> {
		await this.page.getByTestId('ndv-close-button').click();
		await this.page.getByTestId('ndv').waitFor({ state: 'hidden' });
	}

	node(name: string): Locator {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	parameter(name: string): Locator {
		return this.page.getByTestId(`parameter-input-${name}`);
	}

	/** What a dropdown offers, once it is filled from the account. */
	async choicesOf(parameter: string): Promise<string[]> {
		const choices = await this.openDropdown(parameter);
		const texts = await choices.allTextContents();
		await this.clickArrow(parameter);
		await choices.first().waitFor({ state: 'hidden' });
		return texts.map((text) => text.trim());
	}

	/** Where several can be chosen, choosing one again takes it off. */
	async choose(parameter: string, choice: string): Promise<void> {
		const choices = await this.openDropdown(parameter);
		await choices.filter({ hasText: choice }).first().click();
	}

	/** Searches a list of records ("From list") and takes the one of this name. */
	async chooseRecord(parameter: string, query: string, name: string): Promise<void> {
		await this.parameter(parameter).getByTestId('rlc-input').click();
		await this.visible('rlc-search').fill(query);
		await this.visible('rlc-item').filter({ hasText: name }).click();
	}

	/** Adds one of the fields that are offered under a node's other parameters. */
	async addField(name: string): Promise<void> {
		await this.page.getByTestId('collection-parameter-add').locator('.el-select').click();
		await this.visible('collection-parameter-option').filter({ hasText: name }).click();
	}

	/** The panel that adds nodes, and what it finds. */
	async searchNodes(query: string): Promise<Locator> {
		const bar = this.page.getByTestId('node-creator-search-bar');
		if (!(await bar.isVisible())) {
			await this.page.getByTestId('node-creator-plus-button').click();
		}
		await bar.fill(query);
		return this.page.getByTestId('node-creator-item-name');
	}

	/** The menu beside the workflow's name: Import, From file. */
	async importFile(file: string): Promise<void> {
		await this.page.goto(`${this.n8n.url}/workflow/new`);
		await this.page.getByTestId('workflow-menu').click();
		await this.page.getByRole('menuitem', { name: 'Import' }).hover();
		const fromFile = this.page.getByRole('menuitem', { name: 'From file' });
		const [chooser] = await Promise.all([this.page.waitForEvent('filechooser'), fromFile.click()]);
		await chooser.setFiles(file);
		await this.page.getByTestId('canvas-node').first().waitFor();
	}

	/** In an open node: makes a credential of the type it asks for. n8n closes it by itself when its test ends well. */
	async createCredential(fields: Readonly<Record<string, string>>): Promise<void> {
		await this.page.getByTestId('node-credentials-select').click();
		await this.visible('node-credentials-select-item-new').first().click();
		await this.fillCredential(fields);
		try {
			await this.credential().waitFor({ state: 'hidden' });
		} catch (cause) {
			const text = await this.credential().innerText();
			throw new Error(`The credential stayed open and says: ${text}`, { cause });
		}
	}

	/** In an open credential: fills it in and saves it, which tests it. */
	async fillCredential(fields: Readonly<Record<string, string>>): Promise<void> {
		await this.credential().waitFor();
		// What is typed while n8n still fills in the defaults is gone again; then it asks for it instead of saving.
		await waitFor('the credential to be saved', async () => {
			for (const [name, value] of Object.entries(fields)) {
				await this.credential().getByTestId(`parameter-input-${name}`).locator('input').fill(value);
			}
			const saving = this.page.waitForResponse(isSavedCredential, { timeout: 10_000 });
			await this.page.getByTestId('credential-save-button').click();
			return await saving.then(
				() => true,
				() => undefined,
			);
		});
	}

	credential(): Locator {
		return this.page.getByTestId('editCredential-modal');
	}

	async useTheme(colorScheme: 'light' | 'dark'): Promise<void> {
		await this.page.emulateMedia({ colorScheme });
	}

	/** Writes a PNG to the test artifacts. @returns its path */
	async screenshot(name: string): Promise<string> {
		const file = path.join(ARTIFACTS, `${name}.png`);
		await this.page.screenshot({ path: file, animations: 'disabled' });
		return file;
	}

	/** A click does nothing while the choices are being loaded from the account. */
	private async openDropdown(parameter: string): Promise<Locator> {
		const box = this.parameter(parameter).getByRole('combobox').first();
		const list = this.page.locator(`[id="${await box.getAttribute('aria-controls')}"]`);
		const choices = list.getByRole('option').filter({ visible: true });
		await waitFor(
			`the choices of ${parameter}`,
			async () => {
				if ((await choices.count()) > 0) return true;
				await this.clickArrow(parameter);
				return undefined;
			},
			{ everyMs: 1_000 },
		);
		return choices;
	}

	/** Chosen values may fill the rest of a dropdown. */
	private async clickArrow(parameter: string): Promise<void> {
		const dropdown = this.parameter(parameter).locator('.el-select').first();
		const { width = 0, height = 0 } = (await dropdown.boundingBox()) ?? {};
		await dropdown.click({ position: { x: width - 12, y: height / 2 } });
	}

	/** Dropdowns that are closed stay in the page. */
	private visible(testId: string): Locator {
		return this.page.getByTestId(testId).filter({ visible: true });
	}
}

function isSavedCredential(response: Response): boolean {
	const { pathname } = new URL(response.url());
	const written = ['POST', 'PATCH'].includes(response.request().method());
	return written && /^\/rest\/credentials(?!\/test)/.test(pathname);
}
