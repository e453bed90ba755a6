/** A body that several may ask for is read once: whoever asks later gets what came. */
import type { BodyRead, GatewayRequest } from "../../runtime/contract/request.ts";

export function readOnce(raw: GatewayRequest): { readonly raw: GatewayRequest; readonly wasRead: () => BodyRead | undefined } {
  let read: BodyRead | undefined;
  const readBody: GatewayRequest["readBody"] = async (limit) => {
    read ??= await raw.readBody(limit);
    return read;
  };
  return { raw: { ...raw, readBody }, wasRead: () => read };
}
