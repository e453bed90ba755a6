/**
 * Names of fields in lower case (RFC 9110 section 5.1). Those that most answers have are known by how they are usually spelt, and not read; so are those of
 * requests whose lines change from call to call.
 */
import { isToken, lowerAscii } from "./characters.ts";

const usual =
  `access-control-allow-origin age authorization cache-control connection content-encoding content-language content-length content-security-policy
  content-type cookie date etag expires forwarded if-modified-since if-none-match keep-alive last-modified link location range ratelimit
  ratelimit-policy referer retry-after server set-cookie strict-transport-security traceparent tracestate transfer-encoding vary via www-authenticate
  x-amz-date x-amzn-trace-id x-content-type-options x-forwarded-for x-request-id`.split(/\s+/);

const known: ReadonlyMap<string, string> = new Map(
  usual.flatMap((name) => [
    [name, name],
    [name.replaceAll(/(?:^|-)[a-z]/g, (start) => start.toUpperCase()), name],
  ]),
);

/** Undefined where it is no token. */
export function fieldName(text: string): string | undefined {
  return known.get(text) ?? (isToken(text) ? lowerAscii(text) : undefined);
}

/** The same of a request, where names with `_` are none: CGI-like servers read `x_user` and `x-user` as one. */
export function requestFieldName(text: string): string | undefined {
  return known.get(text) ?? (isToken(text) && !text.includes("_") ? lowerAscii(text) : undefined);
}
