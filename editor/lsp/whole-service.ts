/** The service while it grows: what it does not answer yet is refused in so many words. */
import type { Service } from "../service/index.ts";

export function wholeService(known: Partial<Service>): Service {
  return new Proxy(known as Service, {
    get: (target, name) => Reflect.get(target, name) ?? (name === "page" ? () => undefined : refuse(String(name))),
  });
}

const refuse = (name: string) => async () => ({ ok: false, why: "fault", message: `\`${name}\` is not answered yet` }) as const;
