/** The host (RFC 9112 section 3.2): exactly one, in one spelling, and one that the gateway serves. */
import { head, type HygieneCase, passes, refused } from "../hygiene-case.ts";

const withHost = (...values: readonly string[]): string =>
  head("GET {path} HTTP/1.1", "Connection: close", ...values.map((value) => `Host: ${value}`));

export const host: readonly HygieneCase[] = [
  ...passes(
    ["a host with a port", withHost("{host}:8080")],
    ["an absolute form that says the same", head("GET http://{host}{path} HTTP/1.1", "Host: {host}", "Connection: close")],
    ["an absolute form of https", head("GET HTTPS://{host}{path} HTTP/1.1", "Host: {host}", "Connection: close")],
  ),
  ...refused(
    400,
    ["no host", withHost()],
    ["an empty host", withHost("")],
    ["two hosts", withHost("{host}", "evil.example")],
    ["two hosts, the same", withHost("{host}", "{host}")],
    ["a list of hosts", withHost("{host}, evil.example")],
    ["a host with a user", withHost("user@{host}")],
    ["a host with a path", withHost("{host}/a")],
    ["a host with a query", withHost("{host}?a")],
    ["a host with a fragment", withHost("{host}#a")],
    ["a host with a backslash", withHost("{host}\\a")],
    ["a host with a space", withHost("{host} a")],
    ["a host with a tab", withHost("{host}\ta")],
    ["a dot behind the host", withHost("{host}.")],
    ["a port that is no number", withHost("{host}:http")],
    ["an empty port", withHost("{host}:")],
    ["a port of zero", withHost("{host}:0")],
    ["a port beyond 65535", withHost("{host}:65536")],
    ["two ports", withHost("{host}:80:80")],
    ["a port with a user behind", withHost("{host}:80@evil.example")],
    ["an address in brackets that is none", withHost("[::g]")],
    ["an address with a zone", withHost("[fe80::1%25eth0]")],
    ["an IPv6 address without brackets", withHost("::1")],
    ["a broken triplet", withHost("{host}%")],
    ["a byte beyond ASCII", withHost("{host}\xe9")],
    ["a scheme", withHost("http://{host}")],
    ["an absolute form without a host field", head("GET http://{host}{path} HTTP/1.1", "Connection: close")],
  ),
  ...refused(
    421,
    ["another host", withHost("evil.example")],
    ["a longer host", withHost("{host}.evil.example")],
    ["a host before ours", withHost("evil{host}")],
    ["another host in absolute form too", head("GET http://evil.example{path} HTTP/1.1", "Host: evil.example", "Connection: close")],
    ["our host as triplets", withHost("%61.example")],
  ),
  ...refused(421, ["HTTP/1.0 without a host", head("GET {path} HTTP/1.0", "Connection: close")]),
];
