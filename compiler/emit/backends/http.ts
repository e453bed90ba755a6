/** `http`: where its servers are, who is asked for them and whom they trust is late. */
import type { Expr } from "../../model/expression.ts";
import type { OwnWord } from "../code.ts";
import type { LateSetting } from "../late-setting.ts";
import type { BackendEmission } from "./backend-emission.ts";

export const http: BackendEmission<"http"> = {
  door: "httpBackend",
  data: ({ name, traffic, headers, rewrites, forwardsCertificate }) => ({
    kind: "http",
    name,
    traffic,
    ...(headers === undefined ? {} : { headers: headers.map((header) => header.name) }),
    ...(rewrites === undefined ? {} : { rewrites }),
    ...(forwardsCertificate === undefined ? {} : { forwardsCertificate }),
  }),
  late: ({ targets, mirrors, nameServers, headers, tls = {} }) => [
    ["targets", targets],
    ...one("mirrors", mirrors),
    ...one(
      "headers",
      headers?.map(({ value }) => value),
    ),
    ...one("nameServers", nameServers),
    ...one("ca", tls.ca && [tls.ca]),
    ...one("serverName", tls.serverName && [tls.serverName]),
    ...one("certificate", tls.certificate && [tls.certificate]),
    ...one("key", tls.key && [tls.key]),
  ],
};

function one(setting: OwnWord, values: readonly Expr[] | undefined): readonly LateSetting[] {
  return values === undefined ? [] : [[setting, values]];
}
