/** Names of fields in lower case (RFC 9110 section 5.1). Those that most messages have are known by how they are usually spelt, and not read. */
import { isToken, lowerAscii } from "./characters.ts";

const usual =
  `accept accept-encoding accept-language access-control-allow-origin age authorization cache-control connection content-encoding content-language
  content-length content-security-policy content-type cookie date etag expect expires forwarded host if-modified-since if-none-match keep-alive last-modified
  link location origin pragma range ratelimit ratelimit-policy referer retry-after sec-fetch-dest sec-fetch-mode sec-fetch-site server set-cookie
  strict-transport-security te traceparent tracestate transfer-encoding upgrade user-agent vary via www-authenticate x-amz-date x-amzn-trace-id x-api-key
  x-content-type-options x-forwarded-for x-forwarded-host x-forwarded-port x-forwarded-proto x-request-id`.split(/\s+/);

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
