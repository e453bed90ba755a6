/** A certificate that was shown at the entry whose truststore vouches for it says who calls (D175). TLS has verified who signed it. */
import type { MtlsIdentity } from "../model/program.ts";
import type { Type } from "../model/types.ts";
import { readCertificate, type Parts } from "./certificate.ts";
import { callerOf } from "./claims.ts";
import type { BoundIdentity } from "./identity.ts";
import type { Json } from "./json.ts";

export function bindMtls({ name, entry, part, claims }: MtlsIdentity): BoundIdentity {
  return {
    name,
    verify: async ({ raw, now }) => {
      const [der] = raw.certificate?.chain ?? [];
      if (der === undefined || raw.entry?.listener !== entry) return "absent";
      const read = readCertificate(der);
      if (read === undefined || now < read.from || now > read.until) return "invalid";
      const [id, ...others] = valuesOf(read.parts, part);
      const members = membersOf(read.parts, claims);
      if (!id || others.length > 0 || [...id].length > 256 || members === undefined) return "invalid";
      return callerOf(name, id, claims, members) ?? "invalid";
    },
    challenge: () => "ClientCertificate",
  };
}

function valuesOf(parts: Parts, part: string): readonly (string | null)[] {
  return Object.hasOwn(parts, part) ? (parts[part] ?? []) : [];
}

/** A field that is one value comes once; one that is a collection is there, if only empty. */
function membersOf(parts: Parts, claims: MtlsIdentity["claims"]): { readonly [name: string]: Json } | undefined {
  const members: Record<string, Json> = {};
  for (const { claim, type } of claims) {
    const values = valuesOf(parts, claim);
    if (values.includes(null) || (!isCollection(type) && values.length > 1)) return undefined;
    const value = isCollection(type) ? values : values[0];
    if (value !== undefined) members[claim] = value as Json;
  }
  return members;
}

function isCollection(type: Type): boolean {
  if (type.kind === "optional") return isCollection(type.type);
  return type.kind === "newtype" ? isCollection(type.base) : type.kind === "set" || type.kind === "list";
}
