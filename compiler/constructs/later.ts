/**
 * Words that the language has and this compiler does not know yet. Promises: whoever writes one is told so at the word;
 * none is ever ignored. When a word gets its file, its line here goes.
 */

/** Statements, wherever they will stand. */
export const LATER_STATEMENTS: ReadonlySet<string> = new Set(["manage", "invariant", "extern", "schema", "timeout"]);

/** `identity X = KIND`. */
export const LATER_IDENTITY_KINDS: ReadonlySet<string> = new Set();

/** `backend x = KIND`. */
export const LATER_BACKEND_KINDS: ReadonlySet<string> = new Set(["grpc", "queue", "s3"]);

/** Settings and statements of an `http` backend. */
export const LATER_BACKEND_WORDS: ReadonlySet<string> = new Set();
