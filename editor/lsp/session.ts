/**
 * What all requests of one connection share. Promises: every request is answered: what goes wrong in one is said in the editor's log and as
 * that request's error, and the next one is served.
 */
import { type CancellationToken, type Connection, ErrorCodes, LSPErrorCodes, ResponseError } from "vscode-languageserver";
import type { Answer } from "../service/answers.ts";
import type { Cancellation } from "../service/host.ts";
import type { Service } from "../service/service.ts";
import type { Client } from "./client.ts";
import type { Convert } from "./convert.ts";
import type { Paths } from "./paths.ts";
import type { Settings } from "./settings.ts";

export type Session = {
  readonly connection: Connection;
  readonly service: Service;
  readonly paths: Paths;
  readonly convert: Convert;
  readonly client: () => Client;
  readonly settings: () => Settings;
  /** The version of an open document. */
  readonly versionOf: (uri: string) => number | undefined;
};

export const cancellationOf = (token: CancellationToken): Cancellation => ({ isCancelled: () => token.isCancellationRequested });

/** The answer to a request, made from the service's: `show` turns its value into the protocol's. */
export async function answer<T, Shown>(
  { connection }: Pick<Session, "connection">,
  asked: Promise<Answer<T>>,
  show: (value: T) => Shown,
): Promise<Shown | ResponseError> {
  const given = await asked;
  if (given.ok) return show(given.value);
  switch (given.why) {
    case "cancelled":
      return new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
    case "fault":
      connection.console.error(given.message);
      return new ResponseError(ErrorCodes.InternalError, `this is a fault of gwl, please report it: ${given.message.split("\n")[0]}`);
  }
}

/** A request's handler whose own faults are told like the service's. */
export function guarded<Params, Result>(
  { connection }: Pick<Session, "connection">,
  handle: (params: Params, token: CancellationToken) => Promise<Result>,
): (params: Params, token: CancellationToken) => Promise<Result | ResponseError> {
  return async (params, token) => {
    try {
      return await handle(params, token);
    } catch (fault) {
      const message = fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
      return answer({ connection }, Promise.resolve({ ok: false, why: "fault", message } as const), (none: never) => none);
    }
  };
}
