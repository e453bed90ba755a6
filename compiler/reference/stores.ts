/** Where several gateways count together, once stage and environment are known. */
import type { HostStore } from "../../runtime/contract/shared-counts.ts";
import type { Program } from "../model/program.ts";
import { parseHost } from "./host.ts";
import type { Binder } from "./identity.ts";

/** Undefined where there are none. */
export function bindStores(
  { stores }: Program,
  { text, secrets, report }: Pick<Binder, "text" | "secrets" | "report">,
): readonly HostStore[] | undefined {
  return stores?.map(({ name, mode, nodes, master, user, password, timeout, lease }) => {
    const secret = password === undefined ? undefined : secrets[password];
    const addresses = nodes.map(text);
    for (const address of addresses.filter((one) => !isAddress(one))) report(`\`${address}\` is no address of the store \`${name}\``);
    return {
      name,
      mode,
      nodes: addresses,
      ...(master && { master: text(master) }),
      ...(user && { user: text(user) }),
      ...(secret === undefined ? {} : { password: secret }),
      timeout,
      lease,
    };
  });
}

/** `redis://HOST[:PORT]`, or `rediss://`. */
function isAddress(text: string): boolean {
  const [, authority = ""] = /^rediss?:\/\/([^/?#@]+)$/.exec(text) ?? [];
  return parseHost(authority) !== undefined;
}
