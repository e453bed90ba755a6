/** What a route that reads its backend's answers makes of a call. Handlers bring it; others do not carry that code. */
import type { ReadAnswer } from "../contract/read-answer.ts";
import type { SetHeader } from "./running-backend.ts";

export type AnswerReading = {
  /** Absent: no answer to this call has a body to read. */
  readonly read?: ReadAnswer;
  /** Fields that the backend must not get, or gets otherwise: it is to answer plainly and whole. */
  readonly asked: (set: readonly SetHeader[]) => readonly SetHeader[];
  /** Fields of the answer that would speak of another body than that of the client's. */
  readonly unsaid: readonly string[];
};
