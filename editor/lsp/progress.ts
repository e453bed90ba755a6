/** Says that long work goes on. Promises: short work shows nothing, and an editor that shows no progress is not asked to. */
import type { Session } from "./session.ts";

/** Milliseconds before anything is shown: less is not worth a flicker. */
const PATIENCE = 300;

export async function withProgress<T>(
  { connection, client }: Session,
  title: string,
  work: (report: (message: string) => void) => Promise<T>,
): Promise<T> {
  if (!client().canShowProgress) return work(() => undefined);
  let latest = "";
  let shown: Promise<Progress | undefined> | undefined;
  const begin = async (): Promise<Progress | undefined> => {
    const progress = await connection.window.createWorkDoneProgress();
    progress.begin(title, undefined, latest, false);
    return progress;
  };
  const timer = setTimeout(() => {
    shown = begin().catch(() => undefined);
  }, PATIENCE);
  try {
    return await work((message) => {
      latest = message;
      void shown?.then((progress) => progress?.report(message));
    });
  } finally {
    clearTimeout(timer);
    void shown?.then((progress) => progress?.done());
  }
}

type Progress = {
  readonly begin: (title: string, percentage?: number, message?: string, cancellable?: boolean) => void;
  readonly report: (message: string) => void;
  readonly done: () => void;
};
