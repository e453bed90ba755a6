/** Signing a call to AWS (SigV4, header form). Promises: all fields but `content-length` are signed. */
import type { AwsCredentials } from "../../runtime/contract/authorizer.ts";
import type { HeaderField } from "../../runtime/contract/gateway.ts";
import type { World } from "../../runtime/contract/world.ts";

/** `path` as on the wire. */
export type SigningScope = { readonly service: string; readonly region: string; readonly host: string; readonly path: string };

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const hex = (data: Uint8Array): string => Array.from(data, (byte) => byte.toString(16).padStart(2, "0")).join("");

export function signedCall(
  { service, region, host, path }: SigningScope,
  body: Uint8Array,
  { accessKeyId, secretAccessKey, sessionToken }: AwsCredentials,
  now: number,
  world: World,
): readonly HeaderField[] {
  const stamp = new Date(now)
    .toISOString()
    .replace(/[^0-9TZ.]/g, "")
    .replace(/\.[0-9]+/, "");
  const token: readonly HeaderField[] = sessionToken === undefined ? [] : [["x-amz-security-token", sessionToken]];
  const sent: readonly HeaderField[] = [["content-type", "application/json"], ["x-amz-date", stamp], ...token];
  const signed = [...sent, ["host", host] as const].toSorted(([left], [right]) => (left < right ? -1 : 1));
  const names = signed.map(([name]) => name).join(";");
  const encodedTwice = path.split("/").map(encodeURIComponent).join("/");
  const request = [
    "POST",
    encodedTwice,
    "",
    ...signed.map(([name, value]) => `${name}:${value}`),
    "",
    names,
    hex(world.digest("sha256", body)),
  ];
  const scope = [stamp.slice(0, 8), region, service, "aws4_request"];
  const toSign = ["AWS4-HMAC-SHA256", stamp, scope.join("/"), hex(world.digest("sha256", bytes(request.join("\n"))))].join("\n");
  const key = scope.reduce((secret, step) => world.hmac("sha256", secret, bytes(step)), bytes(`AWS4${secretAccessKey}`));
  const signature = hex(world.hmac("sha256", key, bytes(toSign)));
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope.join("/")}, SignedHeaders=${names}, Signature=${signature}`;
  return [...sent, ["authorization", authorization]];
}
