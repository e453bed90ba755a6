/** What two hands make of the answers of backends, as text to compare: all but the wording of what is wrong. */
import type { Outcome } from "../../runtime/contract/gateway.ts";
import type { WholeReply } from "../../runtime/contract/read-answer.ts";

export function judgedAnswers({ answer }: Outcome, replies: readonly WholeReply[]): readonly string[] {
  const read = answer.kind === "local" || answer.kind === "compose" ? undefined : answer.read;
  return replies.map((reply) => {
    const most = read?.mostBytes(reply.status);
    if (read === undefined || most === undefined) return "passes";
    const judged = read.judge(reply);
    if (judged.kind !== "mapped") return `${judged.kind} (${most})`;
    return JSON.stringify([judged.rawHeaders, Buffer.from(judged.body).toString("utf8")]);
  });
}

/** The same of an answer that is made of parts, each with its own answer: what becomes of each, and of all. */
export function composedAnswer({ answer }: Outcome, replies: readonly WholeReply[]): readonly string[] {
  if (answer.kind !== "compose") return [];
  const judged = answer.parts.map((part, at) => {
    const { status, rawHeaders = [], body = new Uint8Array() } = replies[at] ?? {};
    const most = part.mostBytes(status ?? 0);
    const isRead = most !== undefined && body.length <= most;
    return { most, part, result: part.judge({ status: status ?? 0, rawHeaders, body: isRead ? body : new Uint8Array() }) };
  });
  const values = judged.map(({ result }) => (result.kind === "fits" ? result.value : undefined));
  const isMissing = judged.some(({ part, result }) => !part.isOptional && result.kind !== "fits" && result.kind !== "absent");
  const whole = isMissing ? "none" : Buffer.from(answer.together(values) ?? "too large").toString("utf8");
  return [...judged.map(({ most, result }) => `part ${result.kind} (${most})`), `whole ${whole}`];
}
