/** `gwl hash`: what a store of users or keys holds in the place of a password or key. */
import { createHash, randomBytes, scrypt } from "node:crypto";
import { promisify } from "node:util";
import { type Command, lastValue } from "../command.ts";
import { EXIT } from "../exit-codes.ts";

const derive = promisify<Buffer, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(scrypt);

/** 2 to the power of it is the cost of one check: 32 MiB and some 50 ms. */
const COST = 15;

export const hash: Command = {
  name: "hash",
  summary: "hash a password or an API key for a store",
  usage: "",
  minArguments: 0,
  maxArguments: 0,
  options: [{ name: "for", value: "KIND", choices: ["password", "key"], summary: "what it is (default: password)" }],
  about: [
    "Reads a password or key from standard input (an end of line at its end is left out) and prints what a UserStore or KeyStore holds in its place: scrypt with a fresh salt for a password, SHA-256 for a key.",
    "So neither stands in a shell's history.",
  ].join("\n"),
  examples: [
    { command: "gwl hash < password.txt", does: "for the member `password` of a UserStore" },
    { command: "gwl hash --for key < key.txt", does: "for the member `sha256` of a KeyStore" },
  ],
  run: async (input, terminal) => {
    const text = new TextDecoder().decode(await terminal.input()).replace(/\r?\n$/, "");
    const isKey = lastValue(input, "for") === "key";
    const fault = isKey ? keyFault(text) : passwordFault(text);
    if (fault !== undefined) {
      terminal.complain(fault);
      return EXIT.usage;
    }
    terminal.out(`${isKey ? createHash("sha256").update(text).digest("hex") : await storedPassword(text)}\n`);
    return EXIT.ok;
  },
};

function keyFault(key: string): string | undefined {
  return /^[!-~]{20,128}$/.test(key) ? undefined : "a key is 20 to 128 visible ASCII characters; `openssl rand -hex 32` makes one";
}

function passwordFault(password: string): string | undefined {
  if (password.length < 8) return "a password of less than 8 characters is guessed soon; choose a longer one";
  return [...password].some((letter) => letter < " " || letter === "\u007f") ? "a password has no control characters" : undefined;
}

async function storedPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const made = await derive(Buffer.from(password), salt, 32, { N: 2 ** COST, r: 8, p: 1, maxmem: 64 * 1024 * 1024 });
  const text = (bytes: Buffer): string => bytes.toString("base64").replace(/=+$/, "");
  return `$scrypt$ln=${COST},r=8,p=1$${text(salt)}$${text(made)}`;
}
