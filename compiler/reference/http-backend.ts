/** `http`: where its servers are is settled at the start (D40); each call goes to one of them as D22 says. */
import type { HttpBackend } from "../model/program.ts";
import type { BackendBinder, BoundBackend } from "./backend.ts";
import { forward } from "./forward.ts";
import { parseHost } from "./host.ts";

export function bindHttpBackend({ name, targets, timeout }: HttpBackend, { text, report }: BackendBinder): BoundBackend {
  const urls = targets.map(text);
  for (const target of urls.filter((url) => !isTarget(url))) report(`backend \`${name}\` has a bad target: \`${target}\``);
  return { name, host: { kind: "http", name, targets: urls, timeout }, answer: (forwarding) => forward(name, forwarding) };
}

/** `http://HOST[:PORT][/BASE]` */
function isTarget(text: string): boolean {
  const [, authority, base = ""] = /^http:\/\/([^/?#]+)(\/.*)?$/.exec(text) ?? [];
  return authority !== undefined && parseHost(authority) !== undefined && /^[!$-;=@-[\]_a-z~]*$/.test(base);
}
