import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { HTTP_SETTINGS } from "../../compiler/constructs/core/backend/http.ts";
import { RESPOND_SETTINGS } from "../../compiler/constructs/core/backend/fixed-response.ts";
import { SERVER_SETTINGS } from "../../compiler/constructs/core/backend/servers.ts";
import { WEBSOCKET_SETTINGS } from "../../compiler/constructs/core/backend/websocket.ts";
import { CORE_CONSTRUCTS } from "../../compiler/constructs/core/index.ts";
import { JWT_SETTINGS } from "../../compiler/constructs/core/jwt/jwt.ts";
import type { SettingShapes } from "../../compiler/constructs/settings.ts";
import { CATALOGUE } from "../../compiler/diagnostics/catalogue.ts";
import { ROOT } from "../laws/source-files.ts";

/** Those that `http` has as well stand on its page. */
const OWN_SETTINGS = Object.fromEntries(Object.entries(WEBSOCKET_SETTINGS).filter(([name]) => !Object.hasOwn(SERVER_SETTINGS, name)));
const ROOM = join(ROOT, "compiler/constructs/core");
const pages = readdirSync(ROOM, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".md"));
const pageOf = (file: string): string => readFileSync(join(ROOM, file), "utf8");

describe("the manual of declarations", () => {
  test("has a page for each word, which shows every form", () => {
    for (const { words, written } of CORE_CONSTRUCTS) {
      const page = pages.find((path) => path === `${words[0]}.md` || path.endsWith(`/${words[0]}.md`)) ?? "";
      for (const form of written) expect(pageOf(page), words[0]).toContain(form);
    }
  });

  test.each<readonly [string, SettingShapes]>([
    ["jwt/jwt.md", JWT_SETTINGS],
    ["backend/http_backend.md", HTTP_SETTINGS],
    ["backend.md", RESPOND_SETTINGS],
    ["backend/websocket.md", OWN_SETTINGS],
  ])("%s has every setting with its default", (page, settings) => {
    for (const [name, shape] of Object.entries(settings)) {
      const row = pageOf(page)
        .split("\n")
        .find((line) => line.startsWith(`| \`${name}\` |`));
      expect(row, name).toBeDefined();
      if (shape.byDefault?.startsWith("`")) expect(row).toContain(shape.byDefault.slice(0, 15));
    }
  });

  test.each(pages)("%s names codes and pages that there are", (page) => {
    const text = pageOf(page);
    const codes = new Set(CATALOGUE.map(({ code }) => code));
    expect([...text.matchAll(/GWL\d{4}/g)].map(([code]) => code).filter((code) => !codes.has(code))).toEqual([]);
    const links = [...text.matchAll(/\]\(([^)#]+\.md)\)/g)].map((match) => match[1] ?? "");
    expect(links.filter((link) => !existsSync(join(ROOM, dirname(page), link)))).toEqual([]);
  });
});
