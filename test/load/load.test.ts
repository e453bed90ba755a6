import { describe, expect, test } from "vitest";
import type { CompilerHost } from "../../compiler/host.ts";
import { load } from "../../compiler/load/load.ts";
import { LOAD_LIMITS } from "../../compiler/load/limits.ts";
import type { Loaded } from "../../compiler/load/loaded.ts";
import { parseSource } from "../../grammar/index.ts";
import type { Diagnostic } from "../../grammar/source/diagnostic.ts";
import { memoryHost } from "../harness/memory-host.ts";

type Texts = Readonly<Record<string, string | Uint8Array>>;

function loadFrom(
  host: CompilerHost,
  main = "/p/main.gwl",
): { readonly value: Loaded; readonly told: readonly string[]; readonly diagnostics: readonly Diagnostic[] } {
  const { value, diagnostics } = load(main, host, parseSource);
  return { value, diagnostics, told: diagnostics.map(({ code, span, message }) => `${code} ${span.file}: ${message}`) };
}

const inProject = (texts: Texts): CompilerHost =>
  memoryHost(Object.fromEntries(Object.entries(texts).map(([file, text]) => [`/p/${file}`, text])));
const loading = (texts: Texts, links: Readonly<Record<string, string>> = {}): ReturnType<typeof loadFrom> =>
  loadFrom(
    memoryHost(Object.fromEntries(Object.entries(texts).map(([file, text]) => [file.startsWith("/") ? file : `/p/${file}`, text])), links),
  );

describe("loading", () => {
  test("reads each file once, the main file first, however often it is named", () => {
    const host = inProject({
      "main.gwl": 'import "./b.gwl"\nimport { x } from "./c.gwl"\nnetwork n from "l.txt"',
      "b.gwl": 'import { x } from "c.gwl"\nnetwork m from "./l.txt"',
      "c.gwl": "let x = 1",
      "l.txt": "10.0.0.0/8",
    });
    const read: string[] = [];
    const parsed: string[] = [];
    const { value, diagnostics } = load(
      "/p/main.gwl",
      { ...host, read: (path, limit) => (read.push(path), host.read(path, limit)) },
      (source) => (parsed.push(source.file), parseSource(source)),
    );
    expect(diagnostics).toEqual([]);
    expect(read.toSorted()).toEqual(["/p/b.gwl", "/p/c.gwl", "/p/l.txt", "/p/main.gwl"]);
    expect(parsed).toEqual(["main.gwl", "b.gwl", "c.gwl"]);
    expect(value.files.map(({ file, imports }) => [file, imports.map(({ target, names }) => `${target}${names ? " names" : ""}`)])).toEqual(
      [
        ["main.gwl", ["b.gwl", "c.gwl names"]],
        ["b.gwl", ["c.gwl names"]],
        ["c.gwl", []],
      ],
    );
    expect([...value.data].map(([path, data]) => `${path.span.file} ${data.file}`)).toEqual(["main.gwl l.txt", "b.gwl l.txt"]);
  });

  test("takes paths from the folder of the file that names them", () => {
    const { value, told } = loading({
      "main.gwl": 'import "./apis/a.gwl"',
      "apis/a.gwl": 'import "../b.gwl"\nnetwork n from "l.txt"',
      "b.gwl": "",
      "apis/l.txt": "",
    });
    expect(told).toEqual([]);
    expect(value.files.map(({ file }) => file)).toEqual(["main.gwl", "apis/a.gwl", "b.gwl"]);
    expect([...value.data.values()].map(({ file }) => file)).toEqual(["apis/l.txt"]);
  });

  test("takes two names of one file as one", () => {
    const { value } = loading({ "main.gwl": 'import "./a.gwl"\nimport "./b.gwl"', "a.gwl": "" }, { "/p/b.gwl": "/p/a.gwl" });
    expect(value.files.map(({ file }) => file)).toEqual(["main.gwl", "a.gwl"]);
  });

  test("tells a circle of imports with its chain, at the import that closes it", () => {
    const { diagnostics, value } = loading({
      "main.gwl": 'import "./a.gwl"',
      "a.gwl": 'import "./b.gwl"',
      "b.gwl": 'import { x } from "./a.gwl"',
    });
    expect(
      diagnostics.map(({ code, message, span, related }) => ({
        code,
        message,
        file: span.file,
        related: related.map((other) => other.span.file),
      })),
    ).toEqual([
      { code: "GWL2006", message: "imports go round in a circle: `a.gwl` -> `b.gwl` -> `a.gwl`", file: "b.gwl", related: ["a.gwl"] },
    ]);
    expect(value.files).toHaveLength(3);
  });

  test("tells a file that imports itself", () => {
    expect(loading({ "main.gwl": 'import "./main.gwl"' }).told).toEqual([
      "GWL2006 main.gwl: imports go round in a circle: `main.gwl` -> `main.gwl`",
    ]);
  });

  test.each([
    ['import "../x.gwl"', "GWL2003 main.gwl: `../x.gwl` is outside the project"],
    ['network n from "../../etc/passwd"', "GWL2003 main.gwl: `../../etc/passwd` is outside the project"],
    ['import "/q/x.gwl"', "GWL2004 main.gwl: the path `/q/x.gwl` must be relative to the file that names it"],
    ['import "./link.gwl"', "GWL2003 main.gwl: `./link.gwl` is outside the project"],
    ['network n from "link.gwl"', "GWL2003 main.gwl: `link.gwl` is outside the project"],
    ['import "./none.gwl"', "GWL2002 main.gwl: `./none.gwl` cannot be read: there is no such file"],
    ['import "./folder"', "GWL2002 main.gwl: `./folder` cannot be read: it is not a regular file"],
    ['import "./latin.gwl"', "GWL2005 main.gwl: `./latin.gwl` is not UTF-8 text"],
    ['network n from "latin.gwl"', "GWL2005 main.gwl: `latin.gwl` is not UTF-8 text"],
    ['identity A = jwt { keys: from "none.json" }', "GWL2002 main.gwl: `none.json` cannot be read: there is no such file"],
  ])("%s: %s", (text, expected) => {
    const texts = { "main.gwl": text, "/q/x.gwl": "", "folder/": "", "latin.gwl": Uint8Array.of(0x2f, 0x2f, 0xe9) };
    expect(loading(texts, { "/p/link.gwl": "/q/x.gwl" }).told).toEqual([expected]);
  });

  test("opens nothing outside the project", () => {
    const host = memoryHost({ "/p/main.gwl": 'import "./link.gwl"\nimport "../q/x.gwl"', "/q/x.gwl": "" }, { "/p/link.gwl": "/q/x.gwl" });
    const read: string[] = [];
    load("/p/main.gwl", { ...host, read: (path, limit) => (read.push(path), host.read(path, limit)) }, parseSource);
    expect(read).toEqual(["/p/main.gwl"]);
  });

  test("reads sources and lists within their own limits", () => {
    const host = inProject({ "main.gwl": 'import "./a.gwl"\nnetwork n from "l.txt"', "a.gwl": "", "l.txt": "" });
    const limits: (readonly [string, number])[] = [];
    load("/p/main.gwl", { ...host, read: (path, limit) => (limits.push([path, limit]), host.read(path, limit)) }, parseSource);
    expect(Object.fromEntries(limits)).toEqual({
      "/p/main.gwl": LOAD_LIMITS.source,
      "/p/a.gwl": LOAD_LIMITS.source,
      "/p/l.txt": LOAD_LIMITS.data,
    });
  });

  test.each([
    ["missing", "there is no such file"],
    ["not-a-file", "it is not a regular file"],
    ["too-large", "it is larger than the limit"],
    ["no-permission", "it may not be read"],
    ["broken", "it could not be read"],
  ] as const)("says in words why a file is %s", (why, words) => {
    const host = inProject({ "main.gwl": 'import "./a.gwl"', "a.gwl": "" });
    const { told } = loadFrom({ ...host, read: (path, limit) => (path === "/p/a.gwl" ? { ok: false, why } : host.read(path, limit)) });
    expect(told).toEqual([`GWL2002 main.gwl: \`./a.gwl\` cannot be read: ${words}`]);
  });

  test("gives no file where the main one cannot be read", () => {
    expect(loadFrom(inProject({}))).toMatchObject({
      value: { files: [] },
      told: ["GWL2001 /p/main.gwl: `/p/main.gwl` cannot be compiled: there is no such file"],
    });
    expect(loadFrom(inProject({ "main.gwl": Uint8Array.of(0xff) })).told).toEqual(["GWL2005 /p/main.gwl: `/p/main.gwl` is not UTF-8 text"]);
  });

  test("stops following a chain that is too long", () => {
    const chain = Array.from({ length: LOAD_LIMITS.depth + 5 }, (_, at): [string, string] => [`f${at}.gwl`, `import "./f${at + 1}.gwl"`]);
    const { told, value } = loading({ "main.gwl": 'import "./f0.gwl"', ...Object.fromEntries(chain) });
    expect(told).toEqual([
      `GWL2007 f${LOAD_LIMITS.depth - 1}.gwl: more than ${LOAD_LIMITS.depth} imports lead here from one file to the next`,
    ]);
    expect(value.files).toHaveLength(LOAD_LIMITS.depth + 1);
  });

  test("leaves malformed imports to the construct that reads them", () => {
    expect(loading({ "main.gwl": "import\nimport { a }\nimport { a } from 5\nimport a" }).told).toEqual([]);
  });

  test("keeps a byte order mark, so that places are counted as editors do", () => {
    const { value } = loading({ "main.gwl": "\uFEFFlet a = 1" });
    expect(value.files[0]?.source.text.length).toBe(10);
    expect(value.files[0]?.tree.entries[0]?.span.start).toBe(1);
  });
});
