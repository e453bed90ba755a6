/** `gwl diff`: what it says of small changes, to the letter, and what a shell gets to know. */
import { describe, expect, test } from "vitest";
import { folderWith, gwl } from "./gwl.ts";

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
});
