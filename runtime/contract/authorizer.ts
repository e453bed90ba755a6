/** Identities that ask somebody else who calls: what is handed over, and for how long an answer is believed. */

/** A part of a request, as rules see it (D3). Names of header fields as the program writes them. */
export type RequestPart =
  | { readonly kind: "header" | "query"; readonly name: string }
  | { readonly kind: "clientIp" | "host" | "method" | "path" | "routePath" | "stage" };

/** Times in milliseconds. */
export type AuthorizerSettings = {
  /** Each must be there and not empty, or nobody is asked: they are the credential, and with gateway, stage and identity the key of the cache. Not empty. */
  readonly source: readonly RequestPart[];
  /** What is handed over beside the sources where it is there. Empty where answers are kept: an answer may depend on nothing that its key has not. */
  readonly sees: readonly RequestPart[];
  /** The first source must match, or nobody is asked. */
  readonly pattern?: string;
  readonly timeout: number;
  /** How long an answer is believed; 0: everybody is asked about anew. */
  readonly cache: number;
};

/** Which of the events that AWS gives to authorizers a function gets. */
export type LambdaEvent = "token" | "1.0" | "2.0";

/** Access keys of an AWS principal. */
export type AwsCredentials = { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string };
