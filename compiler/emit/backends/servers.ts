/** What all kinds have whose servers speak HTTP: where these are, who is asked for them and whom they trust is late. */
import type { HttpBackendData } from "../../../runtime/contract/backend-data.ts";
import type { Servers } from "../../model/program.ts";
import { type LateSetting, one } from "../late-setting.ts";

type Named = Servers & { readonly name: string };

export function serversData({ name, traffic, headers, rewrites, forwardsCertificate }: Named): Omit<HttpBackendData, "kind"> {
  return {
    name,
    traffic,
    ...(headers === undefined ? {} : { headers: headers.map((header) => header.name) }),
    ...(rewrites === undefined ? {} : { rewrites }),
    ...(forwardsCertificate === undefined ? {} : { forwardsCertificate }),
  };
}

export function lateOfServers({ targets, nameServers, headers, tls = {} }: Servers): readonly LateSetting[] {
  return [
    ["targets", targets],
    ...one(
      "headers",
      headers?.map(({ value }) => value),
    ),
    ...one("nameServers", nameServers),
    ...one("ca", tls.ca && [tls.ca]),
    ...one("serverName", tls.serverName && [tls.serverName]),
    ...one("certificate", tls.certificate && [tls.certificate]),
    ...one("key", tls.key && [tls.key]),
  ];
}
