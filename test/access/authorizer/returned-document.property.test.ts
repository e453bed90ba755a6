/** Documents that an authorizer returns are read alike by both hands: the same documents, and nothing where either is in doubt. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "../../../compiler/reference/json.ts";
import { readReturned } from "../../../compiler/reference/iam/returned-document.ts";
import { ofCaller } from "../../../runtime/access/iam/document-kind.ts";
import { readDocument } from "../../../runtime/access/iam/read-document.ts";
import { policyDocument } from "../../arbitraries/iam.ts";
import { documentJson, nearlyDocument } from "../../arbitraries/iam-json.ts";
import { PATIENCE, runs, runSize } from "../../properties/run-size.ts";

/** As they belong to their caller, they name none. */
const documents = policyDocument.map(({ version, statements }) => {
  const nameless = statements.map(({ sid, effect, actions, resources, conditions }) => {
    return { ...(sid === undefined ? {} : { sid }), effect, actions, resources, conditions };
  });
  const sound = nameless.filter((one) => readDocument(documentJson({ version, statements: [one] }), ofCaller) !== undefined);
  return documentJson({ version, statements: sound.length > 0 ? sound : nameless });
});

test("both hands read what an authorizer returns, and nearly documents, alike", PATIENCE, () => {
  const seen = { read: 0, refused: 0 };
  const json = documents.chain((whole) => fc.oneof(fc.constant<unknown>(whole), nearlyDocument(whole)));
  fc.assert(
    fc.property(json, (written) => {
      const text = JSON.parse(JSON.stringify(written ?? null)) as Json;
      const document = readDocument(text, ofCaller);
      seen[document === undefined ? "refused" : "read"]++;
      expect(readReturned(text)).toEqual(document);
    }),
    runs(Math.ceil(runSize("PAIRS", 20_000) / 4)),
  );
  expect(seen.read).toBeGreaterThan(500);
  expect(seen.refused).toBeGreaterThan(500);
});
