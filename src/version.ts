/** The version of package.json: a test keeps the two equal, and the bundle does without that file. */
export const version = '0.1.0';
