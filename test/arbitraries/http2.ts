/** A generated request as it comes by HTTP/2: most are well-formed, so that they come to the rules; the others say what no request of HTTP/2 may. */
import type { Http2Head } from "../../runtime/contract/request.ts";
import type { Choices } from "./choices.ts";
import type { GeneratedRequest } from "./requests.ts";

export function inHttp2(c: Choices, request: GeneratedRequest): GeneratedRequest {
  const hosts = request.headers.filter(([name]) => name.toLowerCase() === "host").map(([, value]) => value);
  const isOdd = c.chance(1, 4);
  const saysAuthority = !isOdd || c.chance(3, 4);
  const authority = isOdd && c.chance(1, 4) ? c.pick(["", "other.example", "a@shop.example", "SHOP.example"]) : hosts[0];
  const fields = request.headers.flatMap(([name, value]): (readonly [string, string])[] => {
    const lower = name.toLowerCase();
    if (lower === "host" && (saysAuthority ? !c.chance(1, 6) : false)) return [];
    if (lower === "transfer-encoding" && !(isOdd && c.chance(1, 3))) return [];
    if (lower === "connection" && !isOdd) return [];
    return [[isOdd && c.chance(1, 20) ? name : lower, value]];
  });
  if (c.chance(1, 5)) fields.push(["cookie", "a=1"], ...(c.chance(1, 2) ? [["cookie", "b=2"] as const] : []));
  if (isOdd && c.chance(1, 2)) fields.push(c.pick(ODD));
  const http2: Http2Head = {
    scheme: isOdd && c.chance(1, 6) ? c.pick(["", "ftp", "HTTP"]) : c.pick(["https", "http"]),
    ...(saysAuthority && authority !== undefined ? { authority } : {}),
    isWhole: isOdd && c.chance(1, 6) ? request.body.length > 0 : request.body.length === 0,
  };
  const target = isOdd && c.chance(1, 8) ? c.pick(["", `http://${hosts[0] ?? ""}/`, "shop.example:443"]) : request.target;
  return { ...request, httpVersion: "2.0", headers: fields, target, ...(isOdd && c.chance(1, 20) ? {} : { http2 }) };
}

const ODD: readonly (readonly [string, string])[] = [
  ["te", "trailers"],
  ["te", "gzip"],
  ["te", " trailers "],
  ["keep-alive", "timeout=5"],
  ["proxy-connection", "keep-alive"],
  ["connection", ""],
  ["upgrade", "h2c"],
  ["content-length", "0"],
  ["content-length", "00"],
  ["content-length", "7"],
  ["content-length", ""],
  ["host", "shop.example"],
  ["X-A", "upper"],
  [":path", "/other"],
];
