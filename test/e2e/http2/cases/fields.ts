/** Fields (RFC 9113, section 8.2): names in lower case, values without line ends, nothing about a connection. */
import { get, type Http2Case, passes, refused, resetByParser } from "../hygiene-case.ts";

export const fields: readonly Http2Case[] = [
  ...passes(
    ["a field", get({}, ["x-a", "1"])],
    ["a field twice", get({}, ["x-a", "1"], ["x-a", "2"])],
    ["crumbs of a cookie", get({}, ["cookie", "a=1"], ["cookie", "b=2"])],
    ["trailers are taken", get({}, ["te", "trailers"])],
    ["a length of nothing", get({}, ["content-length", "0"])],
    ["bytes beyond ASCII in a value", get({}, ["x-a", "\xe9"])],
    ["an empty value", get({}, ["x-a", ""])],
  ),
  ...refused(
    400,
    ["a name with an underscore", get({}, ["x_a", "1"])],
    ["two authorizations", get({}, ["authorization", "a"], ["authorization", "b"])],
    ["two types", get({}, ["content-type", "a/b"], ["content-type", "c/d"])],
    ["two x-forwarded-for", get({}, ["x-forwarded-for", "1.1.1.1"], ["x-forwarded-for", "2.2.2.2"])],
  ),
  ...refused(417, ["an expectation that is none", get({}, ["expect", "200-ok"])]),
  ...refused(
    431,
    ["a field beyond all measure", get({}, ["x-a", "y".repeat(9_000)])],
    ["fields beyond all measure", get({}, ...Array.from({ length: 3 }, (_, at) => [`x-${at}`, "y".repeat(3_800)] as const))],
    ["too many fields", get({}, ...Array.from({ length: 120 }, (_, at) => [`x-${at}`, "1"] as const))],
    ["crumbs that are too much together", get({}, ...Array.from({ length: 90 }, () => ["cookie", "y".repeat(100)] as const))],
  ),
  ...resetByParser(
    ["a name in upper case", get({}, ["X-A", "1"])],
    ["connection", get({}, ["connection", "close"])],
    ["keep-alive", get({}, ["keep-alive", "timeout=5"])],
    ["proxy-connection", get({}, ["proxy-connection", "keep-alive"])],
    ["transfer-encoding", get({}, ["transfer-encoding", "chunked"])],
    ["upgrade", get({}, ["upgrade", "h2c"])],
    ["a te that is not trailers", get({}, ["te", "gzip"])],
    ["two lengths", get({}, ["content-length", "0"], ["content-length", "0"])],
    ["a length that is no number", get({}, ["content-length", "0x1"])],
    ["a length with a sign", get({}, ["content-length", "+0"])],
    ["a length where the stream ends", get({}, ["content-length", "5"])],
  ),
];
