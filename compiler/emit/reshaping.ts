/** The request that a backend gets, where its path or query is another than what came. */
import type { HeaderTransform } from "../model/ir.ts";
import type { PathPart } from "../model/program.ts";
import { code, joined, nothing, type Code } from "./code.ts";
import { text, value } from "./expression.ts";
import type { FunctionWriter } from "./functions.ts";
import type { Surroundings } from "./surroundings.ts";

type Changes = { readonly query: readonly HeaderTransform[]; readonly path: readonly PathPart[] | undefined };

/** Of `call`, which is code that names one; as it stands where nothing changes. */
export function reshapedCall(call: Code, { query, path }: Changes, functions: FunctionWriter, at: Surroundings): Code {
  const { use, pool } = at;
  const changes = query.map(
    ({ name, value, span }) => code`[${use("text")}(call.bound, ${pool.text(name)}), ${functions.value(value, span, `set query ${name}`)}]`,
  );
  const queried = changes.length === 0 ? call : code`${use("withQuery")}(${call}, [${joined(changes, ", ")}])`;
  if (path === undefined) return queried;
  return code`${use("withPath")}(${queried}, [${joined(
    path.map((part) => pathPart(part, at)),
    ", ",
  )}])`;
}

/** A member of the route's code; nothing where the backend gets what came. */
export function reshaping(query: readonly HeaderTransform[], path: Changes["path"], functions: FunctionWriter, at: Surroundings): Code {
  if (query.length === 0 && path === undefined) return nothing;
  return code` reshape: (call) => ${reshapedCall(code`call`, { query, path }, functions, at)},`;
}

function pathPart(part: PathPart, at: Surroundings): Code {
  const { use, pool } = at;
  if (part.kind === "literal") return code`${use("text")}(call.bound, ${pool.text(part.text)})`;
  return part.kind === "rest" ? value(part.value, at) : code`${use("segment")}(${text(part.value, at)})`;
}
