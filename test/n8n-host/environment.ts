/** What child processes get of our environment: where things are, how to reach the network, nothing else. */
const PASSED_ON = [
	'PATH',
	'HOME',
	'USERPROFILE',
	'APPDATA',
	'LOCALAPPDATA',
	'SystemRoot',
	'TMPDIR',
	'TEMP',
	'TMP',
	'LANG',
	'LC_ALL',
];

/** What installing packages needs on top: proxies, certificates, npm's own settings, a compiler. */
const PASSED_ON_TO_INSTALL = [
	'HTTP_PROXY',
	'HTTPS_PROXY',
	'NO_PROXY',
	'http_proxy',
	'https_proxy',
	'no_proxy',
	'NODE_EXTRA_CA_CERTS',
	'SSL_CERT_FILE',
	'SSL_CERT_DIR',
	'XDG_CACHE_HOME',
	'XDG_CONFIG_HOME',
	'XDG_DATA_HOME',
	'PNPM_HOME',
	'npm_config_cache',
	'npm_config_globalconfig',
	'npm_config_nodedir',
	'npm_config_registry',
	'npm_config_store_dir',
	'npm_config_userconfig',
	'CC',
	'CXX',
	'PYTHON',
];

const picked = (names: string[]): NodeJS.ProcessEnv =>
	Object.fromEntries(
		names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
	);

export const baseEnvironment = (): NodeJS.ProcessEnv => picked(PASSED_ON);

export const installEnvironment = (): NodeJS.ProcessEnv => ({
	...picked([...PASSED_ON, ...PASSED_ON_TO_INSTALL]),
	// pnpm asks before it replaces node_modules, unless it knows that nobody can answer.
	CI: 'true',
	// The project's own .npmrc says otherwise, and npx hands that on; sqlite3 must be built.
	npm_config_ignore_scripts: 'false',
});
