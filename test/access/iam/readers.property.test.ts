import fc from "fast-check";
import { expect, test } from "vitest";
import { readPolicyText } from "../../../compiler/constructs/access/iam/read-policy.ts";
import type { PolicyKind } from "../../../compiler/model/iam.ts";
import { type DocumentKind, ofApi, ofCaller, ofEndpoint } from "../../../runtime/access/iam/document-kind.ts";
import { readDocument } from "../../../runtime/access/iam/read-document.ts";
import type { PolicyDocument } from "../../../runtime/contract/iam.ts";
import type { Diagnostic } from "../../../grammar/source/diagnostic.ts";
import { policyDocument } from "../../arbitraries/iam.ts";
import { documentJson, nearlyDocument } from "../../arbitraries/iam-json.ts";
import { PATIENCE, runs, runSize } from "../../properties/run-size.ts";

const KINDS: Readonly<Record<PolicyKind, DocumentKind>> = { resource: ofApi, endpoint: ofEndpoint, identity: ofCaller };
const kind = fc.constantFrom<PolicyKind[]>("resource", "endpoint", "identity");

function compiled(
  json: unknown,
  as: PolicyKind,
): { readonly document: PolicyDocument | undefined; readonly errors: readonly Diagnostic[] } {
  const found: Diagnostic[] = [];
  const file = readPolicyText("policy.json", JSON.stringify(json), { kind: as, report: (one) => found.push(one) });
  return { document: file?.document, errors: found.filter(({ severity }) => severity === "error") };
}

/** Most generated documents hold something that AWS would refuse; of these only the statements that it takes, if there are any. */
const soundJson = policyDocument.map(({ version, statements }) => {
  const sound = statements.filter((one) => readDocument(documentJson({ version, statements: [one] }), ofApi) !== undefined);
  return documentJson({ version, statements: sound.length > 0 ? sound : statements.slice(0, 1) });
});

test("the compiler's reader and the run time's take the same documents, and nearly documents, for the same", PATIENCE, () => {
  const seen = { read: 0, refused: 0 };
  const json = soundJson.chain((whole) => fc.oneof(fc.constant<unknown>(whole), nearlyDocument(whole)));
  fc.assert(
    fc.property(json, kind, (written, as) => {
      const { document, errors } = compiled(written, as);
      seen[document === undefined ? "refused" : "read"]++;
      expect(readDocument(written, KINDS[as])).toEqual(document);
      expect(errors.length > 0).toBe(document === undefined);
    }),
    runs(Math.ceil(runSize("PAIRS", 20_000) / 4)),
  );
  expect(seen.read).toBeGreaterThan(500);
  expect(seen.refused).toBeGreaterThan(500);
});

test("what a document means survives being written as JSON and read again", PATIENCE, () => {
  let whole = 0;
  fc.assert(
    fc.property(soundJson, (json) => {
      const read = readDocument(json, ofApi);
      if (read === undefined) return;
      whole++;
      expect(readDocument(documentJson(read), ofApi)).toEqual(read);
    }),
    runs(runSize("PROGRAMS", 2000)),
  );
  expect(whole).toBeGreaterThan(100);
});

test("no text makes the reader throw", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.json(),
        fc.json().map((text) => text.slice(0, -1)),
      ),
      (text) => {
        const found: Diagnostic[] = [];
        const file = readPolicyText("policy.json", text, { kind: "resource", report: (one) => found.push(one) });
        expect(file === undefined).toBe(found.some(({ severity }) => severity === "error"));
        for (const { span } of found) expect(span.start >= 0 && span.start <= span.end && span.end <= text.length + 1).toBe(true);
      },
    ),
    { numRuns: 2000 },
  );
});
