import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { dullHand, fastHand, type Trial, type TrialRules, trialOf } from "./hands.ts";

type Case = Readonly<Record<string, string>>;
type Context = {
  readonly credentials: { readonly access_key_id: string; readonly secret_access_key: string; readonly token?: string };
  readonly normalize: boolean;
  readonly region: string;
  readonly service: string;
  readonly timestamp: string;
  readonly omit_session_token?: boolean;
};
type Vector = { readonly name: string; readonly rules: TrialRules; readonly trial: Trial; readonly isOurs: boolean };

const folder = new URL("../../../../shared/data/conformance/aws-sigv4/", import.meta.url);
const suite = existsSync(folder) ? awsSuite() : [];

function awsSuite(): readonly Vector[] {
  const { cases } = JSON.parse(readFileSync(new URL("signing-suite-v4.json", folder), "utf8")) as { cases: Readonly<Record<string, Case>> };
  return Object.entries(cases).flatMap(([name, files]) => {
    const context = JSON.parse(files["context.json"] ?? "") as Context;
    const { access_key_id: id, secret_access_key: secret, token } = context.credentials;
    const key = { id, secret, ...(token === undefined ? {} : { token }) };
    const rules = { service: context.service, regions: [context.region], keys: [key], now: Date.parse(context.timestamp) };
    return ["header", "query"].map((form): Vector => {
      const trial = utf8Target(trialOf(files[`${form}-signed-request.txt`] ?? ""));
      return { name: `${name} (${form})`, rules, trial, isOurs: isOurs(context, trial, files[`${form}-canonical-request.txt`] ?? "") };
    });
  });
}

/** A path that its signer did not normalise, as for S3, and a token that was added after signing are not what execute-api takes. */
function isOurs({ normalize, omit_session_token: omitsToken }: Context, { path }: Trial, canonical: string): boolean {
  const isNormal = normalize || canonical.split("\n")[1] === "/" || !/\/(?:\.|\/)/.test(path);
  return isNormal && omitsToken !== true;
}

/** The vectors write bytes of UTF-8 as characters. */
function utf8Target(trial: Trial): Trial {
  const bytes = (text: string): string => Buffer.from(text, "utf8").toString("latin1");
  return { ...trial, path: bytes(trial.path), query: trial.query === undefined ? undefined : bytes(trial.query) };
}

describe.skipIf(suite.length === 0)("the signing suite of AWS", () => {
  test.each(suite)("$name", async ({ rules, trial, isOurs }) => {
    const [fast, dull] = [fastHand(rules)(trial), await dullHand(rules)(trial)];
    const [{ id } = { id: "" }] = rules.keys;
    expect([fast === id, dull === id]).toEqual([isOurs, isOurs]);
  });

  test("all but a few are ours, in both forms", () => {
    expect(suite.filter(({ isOurs }) => !isOurs).map(({ name }) => name)).toMatchInlineSnapshot(`
      [
        "get-relative-relative-unnormalized (header)",
        "get-relative-relative-unnormalized (query)",
        "get-relative-unnormalized (header)",
        "get-relative-unnormalized (query)",
        "get-slash-dot-slash-unnormalized (header)",
        "get-slash-dot-slash-unnormalized (query)",
        "get-slash-pointless-dot-unnormalized (header)",
        "get-slash-pointless-dot-unnormalized (query)",
        "get-slash-unnormalized (header)",
        "get-slash-unnormalized (query)",
        "get-slashes-unnormalized (header)",
        "get-slashes-unnormalized (query)",
        "post-sts-header-after (header)",
        "post-sts-header-after (query)",
      ]
    `);
  });

  test("no signature, key, scope, time or body of theirs can be changed in one byte", async () => {
    const wrong: string[] = [];
    for (const { name, rules, trial, isOurs } of suite) {
      if (!isOurs) continue;
      const [fast, dull] = [fastHand(rules), dullHand(rules)];
      for (const [at, mutant] of mutants(trial).entries()) {
        const isAccepted = fast(mutant) === rules.keys[0]?.id || (at % 5 === 0 && (await dull(mutant)) !== "invalid");
        if (isAccepted) wrong.push(`${name}: ${JSON.stringify(mutant)}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

/** One digit or letter of the signature's own text becomes another, in each place; a body gets another end. */
function mutants(trial: Trial): readonly Trial[] {
  const { headers, query, body } = trial;
  const authorization = headers.find(([name]) => name === "authorization")?.[1];
  const inHeader = changed(authorization ?? "").map((value) => ({
    ...trial,
    headers: headers.map(([name, old]) => [name, name === "authorization" ? value : old] as const),
  }));
  const signed = query?.slice(query.indexOf("X-Amz-Algorithm")) ?? "";
  const inQuery = query?.includes("X-Amz-Signature")
    ? changed(signed).map((value) => ({ ...trial, query: query.slice(0, query.length - signed.length) + value }))
    : [];
  return [...inHeader, ...inQuery, { ...trial, body: Buffer.concat([body, Buffer.from("!")]) }];
}

function changed(text: string): readonly string[] {
  return [...text].flatMap((character, at) =>
    /[A-Za-z0-9]/.test(character) && !isHexOfTriplet(text, at)
      ? [text.slice(0, at) + (character === "0" ? "1" : "0") + text.slice(at + 1)]
      : [],
  );
}

/** In a triplet, a changed digit is a changed character; the letters' case alone is none. */
function isHexOfTriplet(text: string, at: number): boolean {
  return text[at - 1] === "%" || text[at - 2] === "%";
}

/** One signed request of that suite has a signature that is not its own; `authz` is what the suite goes by. */
function withAuthorization(trial: Trial, authorization: string): Trial {
  const headers = trial.headers.map(([name, value]) => [name, name === "authorization" ? authorization : value] as const);
  return { ...trial, headers };
}

describe.skipIf(suite.length === 0)("the suite of botocore", () => {
  const text = existsSync(folder) ? readFileSync(new URL("botocore-aws4-testsuite.json", folder), "utf8") : '{"cases":{}}';
  const { cases } = JSON.parse(text) as { cases: Readonly<Record<string, Case>> };
  const signed = Object.entries(cases).filter(([, files]) => files["sreq"] !== undefined);
  const rules = {
    service: "service",
    regions: ["us-east-1"],
    keys: [{ id: "AKIDEXAMPLE", secret: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" }],
    now: Date.UTC(2015, 7, 30, 12, 36),
  };

  test.each(signed)("%s", async (_, files) => {
    const trial = withAuthorization(utf8Target(trialOf(files["sreq"] ?? "")), files["authz"] ?? "");
    const token = trial.headers.find(([name]) => name === "x-amz-security-token")?.[1];
    const withToken = { ...rules, keys: rules.keys.map((key) => ({ ...key, ...(token === undefined ? {} : { token }) })) };
    const isSigned = token === undefined || (files["creq"] ?? "").includes("x-amz-security-token");
    const [fast, dull] = [fastHand(withToken)(trial), await dullHand(withToken)(trial)];
    expect([fast === "AKIDEXAMPLE", dull === "AKIDEXAMPLE"]).toEqual([isSigned, isSigned]);
  });
});
