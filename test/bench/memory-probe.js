// Loaded before a measured program: when it ends, its largest resident size in KiB goes into the file that the environment names. JavaScript, so that
// what Node takes to read TypeScript is not measured with it.
import { writeFileSync } from "node:fs";

process.on("exit", () => {
  const file = process.env.GWL_MEMORY_FILE;
  if (file !== undefined) writeFileSync(file, String(process.resourceUsage().maxRSS));
});
