/**
 * Three projects: `unit` is pure and quick, `bounds` reads images that are large or bombs and watches memory, `e2e` drives
 * real engines (scripts/test starts them).
 */
const shared = {
  extensionsToTreatAsEsm: ['.ts'],
  testEnvironment: 'node',
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'es6' } }],
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/examples/'],
};

export default {
  // On two cores beside a build, what takes a second may take ten.
  testTimeout: 30_000,
  // Of the quick project; the others run one file after the other.
  maxWorkers: '100%',
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
      testPathIgnorePatterns: ['\\.(?:e2e|bounds)\\.test\\.ts$'],
    },
    {
      ...shared,
      displayName: 'bounds',
      testMatch: ['<rootDir>/__tests__/**/*.bounds.test.ts'],
      runner: '<rootDir>/__tests__/support/serial-runner.mjs',
    },
    {
      ...shared,
      displayName: 'e2e',
      testMatch: ['<rootDir>/__tests__/**/*.e2e.test.ts'],
      runner: '<rootDir>/__tests__/support/serial-runner.mjs',
    },
  ],
};
