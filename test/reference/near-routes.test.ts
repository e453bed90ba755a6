/** Of a request that no route takes: which nearly did, and what differs. */
import { describe, expect, test } from "vitest";
import { missedLines } from "../../compiler/cli/print-missed.ts";
import { explainRequest } from "../../compiler/reference/index.ts";
import { testConfiguration } from "../../compiler/testing/configuration.ts";
import { stageRequest } from "../../compiler/testing/test-request.ts";
import { compileFiles } from "../harness/compile-files.ts";

const GATEWAY = `gwl 1

type NoteId = String matches /^n[0-9]{3}$/

gateway notes {
  listen 0
  host: stage { dev: "localhost", prod: "notes.example" }
}

GET "/notes" { public because "a test", respond 200 }
POST "/notes" { public because "a test", respond 201 }
GET "/notes/{id: NoteId}/pages/{page: Int 1..99}" { public because "a test", respond 200 }
DELETE "/notes/{id: NoteId}" { public because "a test", respond 204 }
ANY "/files/{path: Rest}" { public because "a test", respond 200 }

api one at "/books" version 1 by header "X-Version" { GET "/" { public because "a test", respond 200 } }
api two at "/books" version 2 by header "X-Version" { GET "/" { public because "a test", respond 200 } }
`;

/** As `gwl explain` says it. */
async function nearest(line: string, header?: readonly [string, string], stage = "dev"): Promise<readonly string[]> {
  const [method = "", target = ""] = line.split(" ");
  const { compilation, text } = await compileFiles([{ file: "gateway.gwl", text: GATEWAY }]);
  expect(text).toBe("");
  const { program } = compilation;
  const configuration = testConfiguration(program, stage, {}, []);
  const asked = { method, target, from: "192.0.2.1", as: [], headers: header === undefined ? [] : [header] };
  const { request, world } = stageRequest(asked, program, configuration);
  const explanation = await explainRequest(program, configuration, request, world);
  if ("problems" in explanation) throw new Error(explanation.problems.join());
  return explanation.trace.missed === undefined ? [] : missedLines(explanation.trace.missed);
}

describe("the nearest routes, and what differs", () => {
  test.each([
    ["another method", "PUT /notes", ["GET /notes  takes GET", "POST /notes  takes POST"]],
    [
      "a text that does not fit its parameter",
      "DELETE /notes/7",
      ["DELETE /notes/{id: NoteId}  `7` is no NoteId (String matches /^n[0-9]{3}$/), as `{id}` must be"],
    ],
    [
      "a number out of its range",
      "GET /notes/n001/pages/100",
      ["GET /notes/{id: NoteId}/pages/{page: Int 1..99}  `100` is no Int 1..99, as `{page}` must be"],
    ],
    ["a word misspelt", "GET /ntoes", ["GET /notes  has `notes` and not `ntoes`"]],
    ["a word in capitals", "POST /Notes", ["POST /notes  has `notes` and not `Notes`: capitals count in paths"]],
    ["a word misspelt before a rest", "GET /fiels/a/b", ["ANY /files/{path: Rest}  has `files` and not `fiels`"]],
    ["a segment too many", "GET /notes/all", ["GET /notes  ends before `/all`"]],
    ["a segment too few", "GET /notes/n001/pages", ["GET /notes/{id: NoteId}/pages/{page: Int 1..99}  goes on with `/{page}`"]],
    [
      "a misspelt word where only another method would do",
      "PUT /ntoes",
      ["GET /notes  has `notes` and not `ntoes`", "POST /notes  has `notes` and not `ntoes`"],
    ],
    ["nothing at all", "GET /a/b/c/d/e", ["none is near; `gwl routes` lists them"]],
    ["a route that takes it", "GET /notes", []],
  ])("%s", async (_what, request, expected) => {
    expect(await nearest(request)).toEqual(expected);
  });

  test("a host that this stage does not have", async () => {
    expect(await nearest("GET /notes", ["Host", "notes.example"])).toEqual([
      "this gateway answers for localhost; give one with `--header 'Host: NAME'`",
    ]);
    expect(await nearest("GET /notes", ["Host", "notes.example"], "prod")).toEqual([]);
  });

  test("a version that there is not", async () => {
    expect(await nearest("GET /books", ["X-Version", "3"])).toEqual(["`x-version` says which version is wanted: 1, 2"]);
  });
});
