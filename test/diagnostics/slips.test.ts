/** Slips of a hand in a whole program: each is told once, where it is, with what repairs it. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseSource } from "../../grammar/index.ts";
import { positionAt, sourceFile } from "../../grammar/source/span.ts";
import { compileFiles } from "../harness/compile-files.ts";

const PROGRAM = `gwl 1

env ORDERS: Url
secret USERS: UserStore

type Order = { number: String, total: Int }

identity Reader = basic(USERS)

backend orders = http { targets: [ORDERS], timeout: 1s }

gateway shop {
  listen 8080
}

api orders at "/orders" version 1 {
  accept Reader

  group "/open" {
    GET "/" -> orders {
      allow
      set header "X-User" = principal.id
    }
  }

  POST "/" body Order -> orders {
    allow when body.total < 5
  }
}

test "who reads" {
  GET "/orders/open" as Reader { name: "ada" } expect allow
  GET "/orders/open" expect 401
}
`;

const told = async (text: string): Promise<readonly string[]> => {
  const { diagnostics } = await compileFiles([{ file: "gateway.gwl", text }]);
  const source = sourceFile("gateway.gwl", text);
  return diagnostics.map(({ code, span }) => `${positionAt(source, span.start).line} ${code}`);
};
const slip = (written: string, slipped: string): string => {
  expect(PROGRAM.split(written)).toHaveLength(2);
  return PROGRAM.replace(written, slipped);
};

test("the program is right as it stands", async () => {
  expect(await told(PROGRAM)).toEqual([]);
});

describe("one slip, one finding", () => {
  test.each([
    ["no `}` of a route", "principal.id\n    }", "principal.id", "20 GWL1201"],
    ["no `}` of a group", "    }\n  }\n\n  POST", "    }\n\n  POST", "19 GWL1201"],
    ["no `}` of an api", "  }\n}\n\ntest", "  }\n\ntest", "16 GWL1201"],
    ["no `}` of a test, the last of the file", "expect 401\n}", "expect 401", "31 GWL1201"],
    ["no `}` of a record in a line", "total: Int }", "total: Int", "6 GWL1201"],
    ["no `}` of the settings in a line", "timeout: 1s }", "timeout: 1s", "10 GWL1201"],
    ["no `}` of a caller", '"ada" }', '"ada"', "32 GWL1201"],
    ["no `{` of a route", 'GET "/" -> orders {', 'GET "/" -> orders', "20 GWL1206"],
    ["no `{` of an api", "version 1 {", "version 1", "16 GWL1206"],
    ["no `{` of settings in a line", "http {", "http", "10 GWL1202"],
    ["a `}` too many behind a statement", "      allow\n", "      allow }\n", "21 GWL1202"],
    ["a `}` too many on a line of its own", "      allow\n", "      allow\n      }\n", "22 GWL1202"],
    ["a `}` too many in the first column", "      allow\n", "      allow\n}\n", "22 GWL1202"],
    ["a `}` too many at the end of a block", "  listen 8080\n}", "  listen 8080\n}\n}", "15 GWL1202"],
    ["a `}` too many behind a header", "gateway shop {", "gateway shop { }", "12 GWL1202"],
    ["no comma between fields", "number: String, total", "number: String total", "6 GWL2105"],
    ["no comma between settings", "[ORDERS], timeout", "[ORDERS] timeout", "10 GWL3902"],
    ["no colon of a field", "total: Int", "total Int", "6 GWL2115"],
    ["a declaration's word", "identity Reader", "idnetity Reader", "8 GWL2203"],
    ["a statement's word", "accept Reader", "acept Reader", "17 GWL2203"],
    ["a type's word", "type Order", "tpye Order", "6 GWL2203"],
    ["a backend's word", "backend orders", "backnd orders", "10 GWL2203"],
    ["a setting's name", "targets: [ORDERS]", "targest: [ORDERS]", "10 GWL2207"],
    ["an identity's name where it is used", "accept Reader", "accept Raeder", "17 GWL2061"],
    ["no quote behind a path", '"/orders" version', '"/orders version', "16 GWL1102"],
    ["no quote before a path", '"/orders" version', '/orders" version', "16 GWL1102"],
    ["no quote behind a text in a line", '"ada" }', '"ada }', "32 GWL1102"],
    ["no quote behind a header's name", '"X-User" =', '"X-User =', "22 GWL1102"],
    ["no `)`", "basic(USERS)", "basic(USERS", "8 GWL1201"],
    ["no `]`", "[ORDERS]", "[ORDERS", "10 GWL1201"],
  ])("%s", async (_what, written, slipped, expected) => {
    expect(await told(slip(written, slipped))).toEqual([expected]);
  });
});

test("what other declarations have wrong is told beside a brace that is missing", async () => {
  const two = slip("principal.id\n    }", "principal.id").replace("listen 8080", "listen 80800");
  expect(await told(two)).toEqual(["13 GWL2402", "20 GWL1201"]);
});

describe("a repair makes the program whole", () => {
  test.each([
    ["no `}` of a group", "    }\n  }\n\n  POST", "    }\n\n  POST"],
    ["no `}` of an api", "  }\n}\n\ntest", "  }\n\ntest"],
    ["no `{` of an api", "version 1 {", "version 1"],
    ["a `}` too many", "      allow\n", "      allow\n}\n"],
  ])("%s", async (_what, written, slipped) => {
    const text = slip(written, slipped);
    const { diagnostics } = await compileFiles([{ file: "gateway.gwl", text }]);
    const edit = diagnostics[0]?.fixes[0]?.edits[0];
    if (edit === undefined) throw new Error("there is no repair");
    expect(await told(text.slice(0, edit.span.start) + edit.text + text.slice(edit.span.end))).toEqual([]);
  });
});

describe("brackets of the shop, each left out or put in once", () => {
  const shop = ["orders", "catalog", "returns", "policies", "gateway"].map((name) => `examples/shop/${name}.gwl`);
  const findings = (text: string): readonly string[] => {
    const source = sourceFile("a.gwl", text);
    return parseSource(source).diagnostics.map(({ span, code }) => `${positionAt(source, span.start).line} ${code}`);
  };

  test.each(shop)("%s", (path) => {
    const text = readFileSync(path, "utf8");
    for (const { index } of text.matchAll(/^ *\}/gm)) {
      const without = text.slice(0, index) + text.slice(text.indexOf("\n", index) + 1);
      expect(findings(without), without).toEqual([expect.stringMatching(/ GWL1201$/)]);
    }
    for (const { index } of text.matchAll(/ \{$/gm)) {
      const line = text.slice(0, index).split("\n").length;
      expect(findings(text.slice(0, index) + text.slice(index + 2))).toEqual([`${line} GWL1206`]);
    }
    for (const { index } of text.matchAll(/^ *(?=\w)/gm)) {
      const line = text.slice(0, index).split("\n").length;
      expect(findings(`${text.slice(0, index)}}\n${text.slice(index)}`)).toEqual([`${line} GWL1202`]);
    }
  });
});
