import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { claimsExample, type Fields, readForm } from "../../../editor/vscode/panel/read-form.ts";
import { panelPage } from "../../../editor/vscode/panel/page-html.ts";
import { wrapped } from "../../../editor/vscode/panel/text-lines.ts";

const EMPTY: Fields = { method: "GET", target: "/", from: "", identity: "", claims: "", headers: "", body: "", at: "", stage: "" };

describe("the request form", () => {
  test("leaves out what is empty", () => {
    expect(readForm(EMPTY)).toEqual({ ok: true, call: { method: "GET", target: "/" } });
  });

  test("reads all of it", () => {
    const fields: Fields = {
      method: "POST",
      target: "/orders?x=1",
      from: " 203.0.113.5 ",
      identity: "User",
      claims: '{"sub":"u1"}',
      headers: "X-A: b:c\n\nX-D:",
      body: "[1]",
      at: "2026-01-31T08:00:00Z",
      stage: "prod",
    };
    expect(readForm(fields)).toEqual({
      ok: true,
      call: {
        method: "POST",
        target: "/orders?x=1",
        from: "203.0.113.5",
        as: { identity: "User", claims: { sub: "u1" } },
        headers: [
          ["X-A", "b:c"],
          ["X-D", ""],
        ],
        body: [1],
        at: "2026-01-31T08:00:00Z",
        stage: "prod",
      },
    });
  });

  test.each([
    ["target", { target: "orders" }],
    ["claims", { claims: "{" }],
    ["claims", { claims: "[1]" }],
    ["body", { body: "nonsense" }],
    ["headers", { headers: "no colon" }],
  ] as const)("says a mistake at its field: %s", (field, given) => {
    expect(readForm({ ...EMPTY, ...given })).toMatchObject({ ok: false, field });
  });

  test("claims to start with: all that are needed, each with a value of its kind", () => {
    const claims = [
      { name: "sub", type: "String" },
      { name: "groups", type: "Set<String>" },
      { name: "mfa", type: "Bool" },
      { name: "quota", type: "Int 5..1_000" },
      { name: "grade", type: '"basic" | "gold"' },
      { name: "tenant", type: "String?" },
    ];
    expect(JSON.parse(claimsExample(claims))).toEqual({ sub: "u1", groups: [], mfa: true, quota: 5, grade: "basic" });
  });
});

describe("the panel's page", () => {
  test("lets in its own script and style and nothing else", () => {
    const page = panelPage({ script: "https://x/panel.js", style: "https://x/panel.css", source: "https://x", nonce: "abc" });
    expect(page).toContain(
      `content="default-src 'none'; style-src https://x; script-src 'nonce-abc'; base-uri 'none'; form-action 'none'"`,
    );
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).not.toMatch(/ on[a-z]+=|style=|javascript:/);
  });
});

describe("texts in lines", () => {
  test("lose nothing, and no line is wider than asked", () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z{}/é]{1,30}$/)), fc.integer({ min: 1, max: 40 }), (words, width) => {
        const lines = wrapped(words.join(" "), width, (text) => [...text].length);
        expect(lines.join("").replace(/ /g, "")).toBe(words.join(""));
        expect(lines.every((line) => [...line].length <= width)).toBe(true);
      }),
    );
  });
});
