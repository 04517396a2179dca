/** What we use of a module that the oldest supported Node.js does not have, and so not its types either (Node.js 24, "SQLite"). */
declare module 'node:sqlite' {
  export class DatabaseSync {
    constructor(path: string, options?: { readonly readOnly?: boolean });
    exec(sql: string): void;
    prepare(sql: string): {
      get(...values: (string | number)[]): unknown;
      iterate(...values: (string | number)[]): Iterable<unknown>;
    };
    close(): void;
  }
}
