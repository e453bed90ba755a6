/** `identity NAME = jwt { ... }`: callers who bring a signed token (D15). Promises: what can be checked without a token is. */
import type { Block } from "../../../../grammar/ast.ts";
import type { Declaration } from "../../../bind/declaration.ts";
import type { CheckContext } from "../../../check/context.ts";
import type { Identity } from "../../../model/program.ts";
import type { IdentityKindConstruct } from "../identity/identity-kind.ts";
import { readSettings, type SettingShapes } from "../../settings.ts";
import { readAlgorithms } from "./algorithms.ts";
import { readIssuer, unknownText } from "./issuer.ts";
import { readKeys } from "./keys.ts";
import { readTokenSettings, TOKEN_SETTINGS } from "./token-settings.ts";

export const JWT_SETTINGS = {
  issuer: { form: "phrase", required: true, doc: "the `iss` of its tokens, a text or URL" },
  ...TOKEN_SETTINGS,
  algorithms: { form: "phrase", required: true, doc: "the algorithms that its tokens are signed with, as in `[RS256]`" },
  keys: { form: "phrase", doc: 'the public keys: `from "jwks.json"` or `url "https://..."`' },
  secret: { form: "phrase", doc: "the shared secret of HS algorithms, by name" },
} as const satisfies SettingShapes;

export const jwt: IdentityKindConstruct = {
  written: ["identity NAME = jwt { ... }"],
  read: (declaration, phrase, context) => {
    phrase.name("a kind");
    const block = phrase.block("its settings in braces");
    return phrase.end() && block !== undefined ? readJwt(declaration, block, context) : undefined;
  },
};

function readJwt({ name, statement }: Declaration, block: Block, context: CheckContext): Identity {
  const read = readSettings(block, JWT_SETTINGS, { owner: "a `jwt` identity", head: name.span }, context);
  const { values, places } = read;
  const algorithms = values.algorithms && readAlgorithms(values.algorithms, context);
  const head = places.get("algorithms") ?? name.span;
  const keys = readKeys({ keys: values.keys, secret: values.secret, algorithms, places, head }, context);
  return {
    kind: "jwt",
    name: name.name,
    subject: "sub",
    issuer: (values.issuer && readIssuer(values.issuer, context)) ?? unknownText(name.span),
    ...readTokenSettings(read, context),
    algorithms: algorithms ?? [],
    keys: keys ?? { kind: "static", keys: [] },
    span: statement.span,
  };
}
