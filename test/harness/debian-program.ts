/** Programs of Debian that tests run beside a gateway: installed where they are missing and may be. */
import { execFileSync } from "node:child_process";

/** Gives the program; throws, and says what to do, where it cannot be had. `packaged`: the package that has it. */
export function debianProgram(program: string, packaged: string): string {
  if (isThere(program)) return program;
  const quiet = { stdio: "ignore" } as const;
  try {
    execFileSync("apt-get", ["update", "-qq"], quiet);
    execFileSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", packaged], quiet);
  } catch {
    throw new Error(`this test needs ${program}: as root, run apt-get install ${packaged}`);
  }
  return program;
}

function isThere(program: string): boolean {
  try {
    execFileSync("sh", ["-c", `command -v ${program}`], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
