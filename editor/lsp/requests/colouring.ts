/**
 * Colours by meaning. Promises: who has those of a document is sent what changed in them, where it asks so; what is remembered for that goes
 * when the document is closed.
 */
import { type SemanticTokens, SemanticTokensBuilder, type SemanticTokensDelta } from "vscode-languageserver";
import * as a from "../../service/answers.ts";
import { answer, cancellationOf, guarded, type Session } from "../session.ts";

export type Colouring = { readonly closed: (uri: string) => void };

export function handleColouring(session: Session): Colouring {
  const { connection, service, convert, paths } = session;
  const builders = new Map<string, SemanticTokensBuilder>();
  connection.languages.semanticTokens.on(
    guarded(session, async ({ textDocument: { uri } }, token) => {
      const path = paths.pathOf(uri);
      return answer(session, service.semanticTokens(path, cancellationOf(token)), (tokens): SemanticTokens => {
        const builder = new SemanticTokensBuilder();
        builders.set(uri, builder);
        return built(builder, path, tokens, session).build();
      });
    }),
  );
  connection.languages.semanticTokens.onDelta(
    guarded(session, async ({ textDocument: { uri }, previousResultId }, token) => {
      const path = paths.pathOf(uri);
      return answer(session, service.semanticTokens(path, cancellationOf(token)), (tokens): SemanticTokens | SemanticTokensDelta => {
        const builder = builders.get(uri) ?? new SemanticTokensBuilder();
        builders.set(uri, builder);
        builder.previousResult(previousResultId);
        return built(builder, path, tokens, session).buildEdits();
      });
    }),
  );
  connection.languages.semanticTokens.onRange(
    guarded(session, async ({ textDocument: { uri }, range }, token) => {
      const path = paths.pathOf(uri);
      const { start, end } = convert.range(uri, range);
      return answer(session, service.semanticTokens(path, cancellationOf(token)), (tokens) => {
        const inside = tokens.filter((one) => one.end > start && one.start < end);
        return { data: built(new SemanticTokensBuilder(), path, inside, session).build().data };
      });
    }),
  );
  return { closed: (uri) => void builders.delete(uri) };
}

/** The protocol's tokens do not reach over lines and are numbers against the one before. */
function built(
  builder: SemanticTokensBuilder,
  path: string,
  tokens: readonly a.SemanticToken[],
  { convert }: Session,
): SemanticTokensBuilder {
  for (const { start, end, type, modifiers } of tokens) {
    const { line, character } = convert.position(path, start);
    if (convert.position(path, end).line !== line) continue;
    const bits = modifiers.reduce((all, modifier) => all | (1 << a.SEMANTIC_MODIFIERS.indexOf(modifier)), 0);
    builder.push(line, character, end - start, a.SEMANTIC_TYPES.indexOf(type), bits);
  }
  return builder;
}
