/** Runs n8n's own check of community packages on a folder: `node scan.mjs <folder> source|tarball`. */
import {
	analyzePackage,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';

/** What the scanner looks at in a tarball. */
const TARBALL_FILE_PATTERNS = ['**/*.js', 'package.json'];

const [folder, kind] = process.argv.slice(2);
const patterns = kind === 'source' ? SOURCE_FILE_PATTERNS : TARBALL_FILE_PATTERNS;
const { passed, message = '', details = '' } = await analyzePackage(folder, patterns);
if (!passed) {
	console.log(message, details);
	process.exitCode = 1;
}
