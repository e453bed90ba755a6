/** `gwl explain` of a request that no route takes, as a command. */
import { expect, test } from "vitest";
import { folderWith, gwl } from "./gwl.ts";

const GATEWAY = `gwl 1

type NoteId = String matches /^n[0-9]{3}$/

gateway notes { listen 0 }

GET "/notes" { public because "a test", respond 200 }
DELETE "/notes/{id: NoteId}" { public because "a test", respond 204 }
`;

test("the nearest routes stand below the phases", async () => {
  const { code, out } = await gwl(["explain", "GET /ntoes"], { cwd: folderWith({ "gateway.gwl": GATEWAY }) });
  expect(code).toBe(0);
  expect(out).toMatch(/^refused \(404\): no route\n[^]*\nnearest +GET \/notes {2}has `notes` and not `ntoes`\n$/);
});

test("json has the same, for programs", async () => {
  const cwd = folderWith({ "gateway.gwl": GATEWAY });
  expect(JSON.parse((await gwl(["explain", "DELETE /notes/7", "--format", "json"], { cwd })).out)).toMatchObject({
    decision: { cause: "no-route" },
    missed: {
      what: "routes",
      routes: [
        {
          route: "DELETE /notes/{id: NoteId}",
          differs: { in: "parameter", name: "id", type: "NoteId", found: "7" },
          text: "`7` is no NoteId (String matches /^n[0-9]{3}$/), as `{id}` must be",
        },
      ],
    },
  });
});
