/**
 * Node's own modules as scripts of a bundle have them: asked for as they go, and a member is read where somebody uses it. An import makes Node read every
 * member of a module, and behind some stand other modules: all of undici behind one of `node:http`, streams of files behind two of `node:fs`. That took
 * longer than a small server needs for all else until it listens.
 */

/** Functions that no first answer needs, of modules that take long to load: loaded when one is called. */
const LATE: Readonly<Record<string, readonly string[]>> = {
  "node:dns": ["lookup"],
  "node:https": ["request"],
  "node:os": ["availableParallelism", "tmpdir"],
  "node:tls": ["connect", "createServer"],
  "node:v8": ["getHeapStatistics"],
};

/** A module with the exports of Node's. What nobody imports from it leaves no trace in a bundle. */
export function nodeModule(name: string): string {
  const asked = `process.getBuiltinModule(${JSON.stringify(name)})`;
  const late = LATE[name] ?? [];
  const members = Object.keys(process.getBuiltinModule(name) ?? {}).filter(
    (member) => /^[A-Za-z_]\w*$/.test(member) && member !== "default",
  );
  const exported = (member: string): string =>
    late.includes(member)
      ? `export const ${member} = (...given) => ${asked}.${member}(...given);`
      : `export const ${member} = /* @__PURE__ */ (() => whole.${member})();`;
  return [`const whole = /* @__PURE__ */ ${asked};`, ...members.map(exported), "export default whole;"].join("\n");
}
