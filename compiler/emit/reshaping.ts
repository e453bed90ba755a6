/** The request that a backend gets, where its path or query is another than what came. */
import type { HeaderTransform } from "../model/ir.ts";
import type { PathPart } from "../model/program.ts";
import { code, joined, nothing, type Code } from "./code.ts";
import { text, value } from "./expression.ts";
import type { FunctionWriter } from "./functions.ts";
import type { Surroundings } from "./surroundings.ts";

type Changes = { readonly query: readonly HeaderTransform[]; readonly path: readonly PathPart[] | undefined };

/** Of `call`, which is code that names one; as it stands where nothing changes. */
function reshapedCall(call: Code, { query, path }: Changes, functions: FunctionWriter, at: Surroundings): Code {
  const queried = queriedCall(call, query, functions, at);
  return path === undefined ? queried : code`${at.use("withPath")}(${queried}, [${pathParts(path, "segment", at)}])`;
}

/** The same of a path that may have texts of any kind: undefined where one of them can be no segment. */
export function askedCall(
  call: Code,
  { query, path }: { readonly query: Changes["query"]; readonly path: readonly PathPart[] },
  functions: FunctionWriter,
  at: Surroundings,
): Code {
  return code`${at.use("withSafePath")}(${queriedCall(call, query, functions, at)}, [${pathParts(path, "safeSegment", at)}])`;
}

function queriedCall(call: Code, query: Changes["query"], functions: FunctionWriter, at: Surroundings): Code {
  const { use, pool } = at;
  const changes = query.map(
    ({ name, value, span }) => code`[${use("text")}(call.bound, ${pool.text(name)}), ${functions.value(value, span, `set query ${name}`)}]`,
  );
  return changes.length === 0 ? call : code`${use("withQuery")}(${call}, [${joined(changes, ", ")}])`;
}

/** A member of the route's code; nothing where the backend gets what came. */
export function reshaping(query: readonly HeaderTransform[], path: Changes["path"], functions: FunctionWriter, at: Surroundings): Code {
  if (query.length === 0 && path === undefined) return nothing;
  return code` reshape: (call) => ${reshapedCall(code`call`, { query, path }, functions, at)},`;
}

function pathParts(path: readonly PathPart[], segment: "segment" | "safeSegment", at: Surroundings): Code {
  const { use, pool } = at;
  const parts = path.map((part) => {
    if (part.kind === "literal") return code`${use("text")}(call.bound, ${pool.text(part.text)})`;
    return part.kind === "rest" ? value(part.value, at) : code`${use(segment)}(${text(part.value, at)})`;
  });
  return joined(parts, ", ");
}
