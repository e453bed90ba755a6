/** A call to an AWS service, signed with SigV4 in the header form. Promises: whatever is sent but for `content-length` is signed. */
import type { AwsCredentials } from "../../contract/authorizer.ts";
import type { World } from "../../contract/world.ts";
import { hexOf } from "../../kernel/hex.ts";
import { signedPath } from "../sigv4/signed-path.ts";
import { derive } from "../sigv4/signing-keys.ts";

/** `path` as it is sent. `now` in milliseconds since 1970 UTC. */
export type AwsCall = {
  readonly service: string;
  readonly region: string;
  readonly authority: string;
  readonly path: string;
  readonly body: Uint8Array;
  readonly now: number;
};

type Fields = readonly (readonly [name: string, value: string])[];

const encoder = new TextEncoder();

/** The fields to send, beside `host` and `content-length`, which the caller of `ask` never writes. */
export function signAwsCall(call: AwsCall, credentials: AwsCredentials, hashing: Pick<World, "digest" | "hmac">): Fields {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const time = new Date(call.now).toISOString().replace(/[-:]|\.\d{3}/g, "");
  const token: Fields = sessionToken === undefined ? [] : [["x-amz-security-token", sessionToken]];
  const fields: Fields = [["content-type", "application/json"], ["x-amz-date", time], ...token];
  const [type, ...amz] = fields;
  const signed = [...(type === undefined ? [] : [type]), ["host", call.authority] as const, ...amz];
  const names = signed.map(([name]) => name).join(";");
  const sha256 = (data: Uint8Array): string => hexOf(hashing.digest("sha256", data));
  const lines = signed.map(([name, value]) => `${name}:${value}\n`).join("");
  const canonical = ["POST", signedPath(call.path), "", lines, names, sha256(call.body)].join("\n");
  const scope = [time.slice(0, 8), call.region, call.service, "aws4_request"];
  const text = ["AWS4-HMAC-SHA256", time, scope.join("/"), sha256(encoder.encode(canonical))].join("\n");
  const signature = hexOf(hashing.hmac("sha256", derive(scope, secretAccessKey, hashing), encoder.encode(text)));
  const credential = `${accessKeyId}/${scope.join("/")}`;
  return [...fields, ["authorization", `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names}, Signature=${signature}`]];
}
