/** `gwl run`: builds a gateway and serves it; with `--watch`, again after each change. */
import { dirname, resolve } from "node:path";
import { type Command, lastValue } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { findMainFile } from "../main-file.ts";
import { runGateway } from "../run-gateway.ts";

export const run: Command = {
  name: "run",
  summary: "build and serve a gateway on this machine",
  usage: "[FILE]",
  minArguments: 0,
  maxArguments: 1,
  options: [
    { name: "watch", short: "w", summary: "build and start again when a source changes" },
    { name: "port", short: "p", value: "PORT", summary: "listen here instead of where the gateway says; 0: any free port" },
    { name: "stage", short: "s", value: "STAGE", summary: "the stage to run as (default: STAGE of the environment)" },
  ],
  about: [
    "Variables and secrets come from the environment, as for a deployed bundle. With --watch, sources with errors leave the running gateway as it is.",
    "One process serves, unless WORKERS says how many. Ctrl-C lets calls in flight end; a second one does not.",
  ].join("\n"),
  examples: [
    { command: "gwl run", does: "the gateway in this folder" },
    { command: "gwl run --watch --stage dev --port 9000", does: "while writing it" },
    { command: "BACKEND_URL=http://localhost:3000 gwl run", does: "with a variable that the gateway declares" },
  ],
  run: async (input, terminal) => {
    const port = lastValue(input, "port");
    if (port !== undefined && !(/^[0-9]{1,5}$/.test(port) && Number(port) < 65_536)) {
      terminal.complain(`\`--port\` is a number from 0 to 65535, not \`${port}\``);
      return EXIT.usage;
    }
    const stage = lastValue(input, "stage");
    const main = findMainFile(terminal.cwd, input.arguments[0]);
    const environment = {
      WORKERS: "0",
      // Lists that are read again lie where the sources say, not where the built gateway does.
      ...(main.ok ? { LISTS: dirname(resolve(terminal.cwd, main.path)) } : {}),
      ...terminal.environment,
      ...(port === undefined ? {} : { PORT: port }),
      ...(stage === undefined ? {} : { STAGE: stage }),
    };
    return runGateway({ file: input.arguments[0], isWatching: input.flags.has("watch"), environment }, terminal);
  },
};
