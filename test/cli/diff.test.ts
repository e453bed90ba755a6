/** `gwl diff`: what it says of small changes, to the letter, and what a shell gets to know. */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { environment, folderWith, gwl } from "./gwl.ts";

const HEAD = `gwl 1

network office { 203.0.113.0/24 }
secret KEY: String

identity User = jwt {
  issuer: "https://login.example"
  audience: "notes"
  algorithms: [HS256]
  secret: KEY
  claims { groups: Set<String>, level: Int }
}

policy inside(net: Network) {
  deny when not (client.ip in net) because "only from the office"
}

gateway notes {
  listen 0
}
`;
const OLD = `${HEAD}
api notes at "/notes" {
  accept User
  DELETE "/{id: Int}" {
    use inside(office)
    allow when "admins" in principal.groups
    respond 204
  }
  GET "/{name}" { allow when principal.level > 3, respond 200 }
}
`;

async function compared(
  old: string,
  young: string,
  ...words: readonly string[]
): Promise<{ readonly code: number | null; readonly lines: readonly string[] }> {
  const { code, out, err } = await gwl(["diff", "old.gwl", "new.gwl", ...words], { cwd: folderWith({ "old.gwl": old, "new.gwl": young }) });
  expect(err).toBe("");
  return { code, lines: out.trimEnd().split("\n") };
}

describe("gwl diff OLD NEW", () => {
  test("two versions that decide alike, whatever parameters are called and however rules are cut up", async () => {
    const young = OLD.replace("{name}", "{title}").replace(
      "allow when principal.level > 3",
      "allow when principal.level > 5, allow when principal.level > 3",
    );
    expect(await compared(OLD, young)).toEqual({ code: 0, lines: ["nothing opens, nothing closes"] });
  });

  test("a wider network: the addresses that were added, a request from there, and who decides in each version", async () => {
    const { code, lines } = await compared(OLD, OLD.replace("203.0.113.0/24", "203.0.112.0/23"));
    expect(code).toBe(1);
    expect(lines).toEqual([
      'opens      DELETE /notes/{id: Int}  User from 203.0.112.0/24, if `"admins" in principal.groups`',
      `           gwl explain "DELETE /notes/0" --from 203.0.112.0 --as User --claims '{"sub":"u1","groups":["admins"],"level":0}'`,
      '           before: denied (403) by deny when not (client.ip in net) because "only from the office"  old.gwl:15 through use inside(office)  old.gwl:25',
      '           after:  allowed (204) by allow when "admins" in principal.groups  new.gwl:26',
      "1 opens, nothing closes",
    ]);
  });

  test("beside a list that is read again the request comes from what was added, and from outside of the list", async () => {
    const listed = (text: string): string =>
      text
        .replace("secret KEY", 'network bad from "bad.txt" reload every 1h\nsecret KEY')
        .replace("  listen 0", "  listen 0\n  deny when client.ip in bad");
    const [old, young] = [listed(OLD), listed(OLD.replace("203.0.113.0/24", "203.0.112.0/23"))];
    const cwd = folderWith({ "old.gwl": old, "new.gwl": young, "bad.txt": "203.0.112.0/31\n198.51.100.0/24\n" });
    const { code, out } = await gwl(["diff", "old.gwl", "new.gwl"], { cwd });
    const [opens, asked, before, , end] = out.split("\n");
    expect([code, opens, asked, end]).toEqual([
      1,
      'opens      DELETE /notes/{id: Int}  User from 203.0.112.0/24, if `"admins" in principal.groups and not (client.ip in bad)`',
      `           gwl explain "DELETE /notes/0" --from 203.0.112.2 --as User --claims '{"sub":"u1","groups":["admins"],"level":0}'`,
      "1 opens, nothing closes",
    ]);
    expect(before).toContain("only from the office");
  });

  test("a list that is read again and holds other addresses, and pages that may call: both may open", async () => {
    const program = (origins: string): string =>
      `${HEAD}network bad from "bad.txt" reload every 1h\nGET "/x" { public because "a test", cors { origins: ${origins} }, deny when client.ip in bad, respond 204 }\n`;
    const cwd = folderWith({
      "old/gateway.gwl": program('["https://a.example"]'),
      "old/bad.txt": "203.0.113.0/24\n",
      "new/gateway.gwl": program("any"),
      "new/bad.txt": "203.0.113.0/25\n",
    });
    const { code, out } = await gwl(["diff", "old", "new"], { cwd });
    expect([code, out.split("\n")]).toEqual([
      1,
      [
        "may open   network bad, a list that is read again, holds other addresses or is read from elsewhere",
        "may open   cors: pages of other origins may call GET /x or read its answers",
        "nothing opens, nothing closes, 2 could not be decided",
        "",
      ],
    ]);
    const same = await gwl(["diff", "old", "old"], { cwd });
    expect([same.code, same.out]).toEqual([0, "nothing opens, nothing closes\n"]);
  });

  test("a rule with one more way in, of which only what is new is told", async () => {
    const young = OLD.replace(
      'allow when "admins" in principal.groups',
      'allow when "admins" in principal.groups or ("support" in principal.groups and principal.level > 5)',
    );
    const { code, lines } = await compared(OLD, young);
    expect([code, lines[0], lines.at(-1)]).toEqual([
      1,
      'opens      DELETE /notes/{id: Int}  User from office, if `not ("admins" in principal.groups) and "support" in principal.groups and principal.level > 5`',
      "1 opens, nothing closes",
    ]);
    const back = await compared(young, OLD);
    expect([back.code, back.lines.at(-1)]).toEqual([0, "nothing opens, 1 closes"]);
  });

  test("a bound that moves: what lies between, and nothing that no value can be", async () => {
    const { code, lines } = await compared(OLD, OLD.replace("principal.level > 3", "principal.level > 1"));
    expect([code, lines[0], lines.length]).toEqual([
      1,
      "opens      GET /notes/{name}  User, if `principal.level > 1 and not (principal.level > 3)`",
      5,
    ]);
  });

  test("a new route that takes calls of one that stays", async () => {
    const young = `${OLD.trimEnd().slice(0, -1)}  GET "/list" { allow, respond 200 }\n}\n`;
    const { code, lines } = await compared(OLD, young);
    expect(code).toBe(1);
    expect(lines).toEqual([
      "opens      GET /notes/list (before: GET /notes/{name})  User, if `not (principal.level > 3)`",
      `           gwl explain "GET /notes/list" --from 192.0.2.1 --as User --claims '{"sub":"u1","groups":[],"level":0}'`,
      "           before: denied (403) by default: no rule allows it",
      "           after:  allowed (200) by allow  new.gwl:30",
      "1 opens, nothing closes",
    ]);
  });

  test("routes that are new, and routes that are gone", async () => {
    const young = `${HEAD}GET "/health" { public because "probe", respond 200 }\n`;
    const { code, lines } = await compared(OLD, young);
    expect(code).toBe(1);
    expect(lines.filter((line) => !line.startsWith(" "))).toEqual([
      "opens      GET /health (new)  anybody without credentials or User",
      'closes     DELETE /notes/{id: Int} (the route is gone)  User from office, if `"admins" in principal.groups`',
      "closes     GET /notes/{name} (the route is gone)  User, if `principal.level > 3`",
      "1 opens, 2 close",
    ]);
  });

  test("a route that becomes public opens to callers without credentials", async () => {
    const { lines } = await compared(OLD, OLD.replace("allow when principal.level > 3", 'public because "everybody may read"'));
    expect(lines.filter((line) => !line.startsWith(" "))).toEqual([
      "opens      GET /notes/{name}  anybody without credentials",
      "opens      GET /notes/{name}  User, if `not (principal.level > 3)`",
      "2 open, nothing closes",
    ]);
  });

  test("each stage is compared by itself", async () => {
    const staged = OLD.replace("gateway notes {", 'env TEAM: String = stage { dev: "a", prod: "b" }\n\ngateway notes {').replace(
      "principal.level > 3",
      "TEAM in principal.groups",
    );
    const { code, lines } = await compared(staged, staged.replace('prod: "b"', 'prod: "c"'));
    expect(code).toBe(1);
    expect(lines.filter((line) => !line.startsWith(" "))).toEqual([
      'opens      GET /notes/{name}  User, in prod, if `not ("b" in principal.groups) and "c" in principal.groups`',
      'closes     GET /notes/{name}  User, in prod, if `"b" in principal.groups and not ("c" in principal.groups)`',
      "1 opens, 1 closes",
    ]);
  });

  test("an identity that is declared otherwise may open, and nobody claims more", async () => {
    const { code, lines } = await compared(OLD, OLD.replace('audience: "notes"', 'audience: "others"'));
    expect([code, lines]).toEqual([
      1,
      [
        "may open   identity User is declared otherwise, so others may be its callers",
        "nothing opens, nothing closes, 1 could not be decided",
      ],
    ]);
  });

  test("conditions that exclude each other in a way that is not seen are left undecided, and stop a gate", async () => {
    const young = OLD.replace(
      "allow when principal.level > 3",
      'allow when principal.level > 3, allow when header("X-A") ?? "" == "ab" and not (header("X-A") ?? "").starts_with("a")',
    );
    const { code, lines } = await compared(OLD, young);
    expect([code, lines[1]]).toEqual([
      1,
      "           could not be decided: no request was found that shows it; perhaps its conditions exclude each other",
    ]);
    expect((await compared(OLD, young, "--allow-opening")).code).toBe(0);
  });

  test("for other programs", async () => {
    const { code, lines } = await compared(OLD, OLD.replace("203.0.113.0/24", "203.0.112.0/23"), "--format", "json");
    expect(code).toBe(1);
    expect(JSON.parse(lines.join("\n"))).toMatchObject({
      format: "gwl-diff/1",
      before: "old.gwl",
      after: "new.gwl",
      changes: [
        {
          kind: "opens",
          isCertain: true,
          before: "DELETE /notes/{id: Int}",
          after: "DELETE /notes/{id: Int}",
          callers: [["User"]],
          addresses: ["203.0.112.0/24"],
          conditions: ['"admins" in principal.groups'],
          isWhole: true,
          witness: {
            request: { method: "DELETE", target: "/notes/0", from: "203.0.112.0" },
            before: { effect: "deny", cause: "rule", status: 403, rules: [{ at: "old.gwl:15", through: [{ at: "old.gwl:25" }] }] },
            after: { effect: "allow", status: 204, rules: [{ at: "new.gwl:26" }] },
          },
        },
      ],
      unlike: [],
    });
  });
});

describe("gwl diff --against REV", () => {
  const git = (cwd: string, ...words: readonly string[]): void => {
    const settings = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false", "-c", "init.defaultBranch=main"];
    execFileSync("git", [...settings, ...words], {
      cwd,
      stdio: "pipe",
      env: environment({ GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" }),
    });
  };
  const LISTED = OLD.replace("network office { 203.0.113.0/24 }", 'network office from "lists/office.txt"');

  test("the same file and its lists as they were, wherever the command runs", async () => {
    const cwd = folderWith({ "shop/gateway.gwl": LISTED, "shop/lists/office.txt": "203.0.113.0/24\n" });
    git(cwd, "init", "-q");
    git(cwd, "add", "-A");
    git(cwd, "commit", "-qm", "first");
    writeFileSync(join(cwd, "shop/lists/office.txt"), "203.0.113.0/24\n198.51.100.0/24\n");
    const words = ["diff", "--against", "HEAD"];
    const [outside, inside] = await Promise.all([gwl([...words, "shop"], { cwd }), gwl(words, { cwd: join(cwd, "shop") })]);
    expect([outside.code, outside.err]).toEqual([1, ""]);
    expect(outside.out.split("\n").slice(0, 5)).toEqual([
      'opens      DELETE /notes/{id: Int}  User from 198.51.100.0/24, if `"admins" in principal.groups`',
      `           gwl explain "DELETE /notes/0" --from 198.51.100.0 --as User --claims '{"sub":"u1","groups":["admins"],"level":0}'`,
      '           before: denied (403) by deny when not (client.ip in net) because "only from the office"  HEAD:shop/gateway.gwl:15 through use inside(office)  HEAD:shop/gateway.gwl:25',
      '           after:  allowed (204) by allow when "admins" in principal.groups  shop/gateway.gwl:26',
      "1 opens, nothing closes",
    ]);
    expect(inside.out.split("\n")[0]).toBe(outside.out.split("\n")[0]);
    git(cwd, "commit", "-qam", "second");
    expect(await gwl([...words, "shop"], { cwd })).toEqual({ code: 0, out: "nothing opens, nothing closes\n", err: "" });
  });

  test("says what is in the way", async () => {
    const cwd = folderWith({ "gateway.gwl": OLD });
    const outside = await gwl(["diff", "--against", "main"], { cwd, env: { GIT_CEILING_DIRECTORIES: cwd } });
    expect([outside.code, outside.out, outside.err]).toEqual([
      2,
      "",
      expect.stringContaining("`--against` needs a git repository, and git says of"),
    ]);
    git(cwd, "init", "-q");
    git(cwd, "commit", "-qm", "empty", "--allow-empty");
    const unknown = await gwl(["diff", "--against", "nowhere"], { cwd });
    expect([unknown.code, unknown.err]).toEqual([
      2,
      expect.stringMatching(/^gwl: git knows no revision `nowhere` in .*; if it is a branch elsewhere, fetch it first/),
    ]);
    const early = await gwl(["diff", "--against", "HEAD"], { cwd });
    expect([early.code, early.err]).toEqual([2, "gwl: there was no `gateway.gwl` at `HEAD`, so there is nothing to compare with\n"]);
    const noGit = await gwl(["diff", "--against", "HEAD"], { cwd, env: { PATH: cwd } });
    expect([noGit.code, noGit.err]).toEqual([2, "gwl: `--against` asks `git`, which is not installed or not on the PATH\n"]);
  });

  test("an option of git is no revision", async () => {
    const cwd = folderWith({ "gateway.gwl": OLD });
    git(cwd, "init", "-q");
    const { code, err } = await gwl(["diff", "--against=--output=stolen"], { cwd });
    expect([code, err]).toEqual([2, expect.stringContaining("git knows no revision `--output=stolen`")]);
  });
});

describe("wrong use", () => {
  test.each([
    [["diff"], "gwl: name two versions, `gwl diff OLD NEW`, or a revision: `gwl diff --against main`\n"],
    [["diff", "old.gwl"], "gwl: name two versions, `gwl diff OLD NEW`, or a revision: `gwl diff --against main`\n"],
    [
      ["diff", "old.gwl", "old.gwl", "--against", "main"],
      "gwl: with `--against` there is one file, the new version; `old.gwl` is one too many\n",
    ],
    [["diff", "old.gwl", "missing.gwl"], "gwl: there is no `missing.gwl`\n"],
    [["diff", "old.gwl", "part.gwl"], "gwl: part.gwl declares no gateway, so no request reaches it; name the file that does\n"],
  ])("%j", async (words, message) => {
    const { code, out, err } = await gwl(words, {
      cwd: folderWith({ "old.gwl": OLD, "part.gwl": "gwl 1\n\nnetwork office { 203.0.113.0/24 }\n" }),
    });
    expect([code, out, err]).toEqual([2, "", message]);
  });

  test("a version with errors is no version", async () => {
    const { code, out, err } = await gwl(["diff", "old.gwl", "new.gwl"], {
      cwd: folderWith({ "old.gwl": OLD, "new.gwl": OLD.replace("inside(office)", "inside(offce)") }),
    });
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain("new.gwl:25");
  });
});
