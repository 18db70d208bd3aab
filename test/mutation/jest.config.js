/** What Stryker runs against each mutant: the tests of the core alone, which must hold it without help from others. */
const { projects } = require('../../jest.config');

const unit = projects.find(({ displayName }) => displayName === 'unit');

module.exports = { ...unit, testMatch: ['<rootDir>/test/unit/core/**/*.test.ts'] };
