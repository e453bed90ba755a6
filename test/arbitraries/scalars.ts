/** The scalar types of generated programs: how each is declared, and values of it as GWL, as JSON, in the environment and in a path, good and bad. */
import { ADDRESSES, CODES, GRADES, INTS, quoted, STRINGS } from "./vocabulary.ts";

export type ScalarShape = {
  /** The name before its constraints; the sign of an optional stands between. */
  readonly type: readonly [name: string, constraints?: string];
  /** As GWL; ascending where the type is ordered. */
  readonly literals: readonly string[];
  readonly json: readonly unknown[];
  /** Misses the type narrowly. */
  readonly wrongJson: readonly unknown[];
  readonly isOrdered: boolean;
  /** What strings can do, this can do. */
  readonly isText: boolean;
  /** How it becomes a text, and what such texts begin with. */
  readonly text?: { readonly by: "itself" | "text()"; readonly begins: readonly string[] };
  /** In the environment; a type without them cannot be one of it. */
  readonly environment?: { readonly good: readonly string[]; readonly bad: readonly string[] };
  /** As a segment of a path; a type without them is no parameter's. */
  readonly path?: { readonly good: readonly string[]; readonly bad: readonly string[] };
};

const UUIDS = ["123e4567-e89b-12d3-a456-426614174000", "00000000-0000-0000-0000-00000000000a"] as const;
const ARN = "arn:aws:iam::111122223333:role/x";
const day = (text: string): number => Date.parse(text);

const scalar = (shape: Partial<ScalarShape> & Pick<ScalarShape, "type" | "literals" | "json" | "wrongJson">): ScalarShape => ({
  isOrdered: false,
  isText: false,
  ...shape,
});

export const SCALARS = {
  Bool: scalar({
    type: ["Bool"],
    literals: ["true", "false"],
    json: [true, false],
    wrongJson: ["true", 1],
    text: { by: "text()", begins: ["true", "f"] },
    environment: { good: ["true", "false"], bad: ["True", "1", ""] },
    path: { good: ["true", "false"], bad: ["True", "1"] },
  }),
  Int: scalar({
    type: ["Int", "0..100"],
    literals: INTS.map(String),
    json: INTS,
    wrongJson: [101, -1, 1.5, "5"],
    isOrdered: true,
    text: { by: "text()", begins: ["1", "0"] },
    environment: { good: ["0", "1_0", "100", "007"], bad: ["101", "-1", "1.0", "1e1", " 5", "0x1"] },
    path: { good: ["0", "1", "5", "100"], bad: ["101", "-1", "01", "1.0", "-0", "+1"] },
  }),
  Decimal: scalar({
    type: ["Decimal", "0..100"],
    literals: ["0.5", "1.5", "10.25", "99.9"],
    json: [0, 0.5, 1.5, 1, 10.25, 100],
    wrongJson: [100.5, -0.1, "0.5"],
    isOrdered: true,
    text: { by: "text()", begins: ["0.5", "1"] },
    environment: { good: ["0.5", "1", "1_0.25"], bad: [".5", "1.", "1e1", "100.1", "NaN"] },
  }),
  String: scalar({
    type: ["String", "max 8"],
    literals: STRINGS.map(quoted),
    json: STRINGS,
    wrongJson: ["nine long", 5, null],
    isText: true,
    environment: { good: ["a", "", "red team", "é"], bad: ["nine long", "\u{1F600}".repeat(9)] },
  }),
  Ip: scalar({
    type: ["Ip"],
    literals: ADDRESSES,
    json: [...ADDRESSES, "::FFFF:10.0.0.1", "2001:DB8:0::1"],
    wrongJson: ["10.0.0.01", "10.0.0.256", "::1%eth0", 1],
    text: { by: "text()", begins: ["10.", "2001:db8::1"] },
    environment: { good: [...ADDRESSES, "::ffff:10.0.0.1"], bad: ["10.0.0", "localhost"] },
    path: { good: [...ADDRESSES, "::ffff:10.0.0.1"], bad: ["1.2.3", "01.2.3.4", "%3A%3A1%25"] },
  }),
  Uuid: scalar({
    type: ["Uuid"],
    literals: UUIDS.map(quoted),
    json: [...UUIDS, ...UUIDS.map((uuid) => uuid.toUpperCase())],
    wrongJson: [UUIDS[0].slice(1), `{${UUIDS[0]}}`],
    text: { by: "text()", begins: ["123e", "0"] },
    environment: { good: UUIDS, bad: [UUIDS[0].replaceAll("-", "")] },
    path: { good: [...UUIDS, UUIDS[1].toUpperCase()], bad: [UUIDS[0].slice(1), `${UUIDS[0]}0`] },
  }),
  Duration: scalar({
    type: ["Duration"],
    literals: ["500ms", "30s", "1h"],
    json: [0, 500, 30_000, 3_600_000],
    wrongJson: [-1, 1.5, "30s"],
    isOrdered: true,
    environment: { good: ["30s", "0.5s", "1h"], bad: ["30", "0.5ms", "1 h", "-1s"] },
  }),
  Size: scalar({
    type: ["Size"],
    literals: ["512B", "1KiB", "2MiB"],
    json: [0, 512, 1024, 2_097_152],
    wrongJson: [-1, 0.5],
    isOrdered: true,
    environment: { good: ["1KiB", "0.5KiB", "512B"], bad: ["1KB", "0.5B", "1"] },
  }),
  Percent: scalar({
    type: ["Percent"],
    literals: ["0.5%", "5%", "100%"],
    json: [0, 0.5, 5, 100],
    wrongJson: [100.1, -1, "5%"],
    isOrdered: true,
    environment: { good: ["5%", "0.5%", "100%"], bad: ["101%", "5", "%"] },
  }),
  Time: scalar({
    type: ["Time"],
    literals: ["2026-01-31", "2026-06-15T12:00:00Z", "2030-01-01"],
    json: ["2026-01-31", "2026-06-15T12:00:00Z", "2026-06-15T12:00:00.001Z"].map(day),
    wrongJson: [1.5, "2026-01-31"],
    isOrdered: true,
    text: { by: "text()", begins: ["2026-", "2030-01-01T00:00:00.000Z"] },
  }),
  TimeOfDay: scalar({
    type: ["TimeOfDay"],
    literals: ["00:00", "08:00", "23:59:59"],
    json: [0, 28_800, 86_399],
    wrongJson: [86_400, -1],
    isOrdered: true,
  }),
  Status: scalar({
    type: ["Status"],
    literals: ["200", "404", "599"],
    json: [100, 200, 404, 599],
    wrongJson: [99, 600],
    isOrdered: true,
  }),
  Method: scalar({
    type: ["Method"],
    literals: ["GET", "POST", "DELETE"],
    json: ["GET", "POST", "OPTIONS"],
    wrongJson: ["get", "TRACE"],
    text: { by: "text()", begins: ["GET", "P"] },
  }),
  Url: scalar({
    type: ["Url"],
    literals: ['"https://a.example/x"', '"http://[::1]:80"'],
    json: ["https://a.example/x", "http://[::1]:80"],
    wrongJson: ["ftp://a.example", "https://a.example/ä"],
    text: { by: "itself", begins: ["https:", "http"] },
    environment: { good: ["https://a.example/x"], bad: ["//a.example", "https://"] },
  }),
  Arn: scalar({
    type: ["Arn"],
    literals: [quoted(ARN)],
    json: [ARN, `${ARN}y`],
    wrongJson: ["arn:aws", ARN.toUpperCase()],
    text: { by: "itself", begins: ["arn:aws:iam"] },
    environment: { good: [ARN], bad: ["arn:aws:iam:::"] },
  }),
  AccountId: scalar({
    type: ["AccountId"],
    literals: ['"111122223333"', '"012345678901"'],
    json: ["111122223333", "012345678901"],
    wrongJson: [111122223333, "11112222333"],
    text: { by: "itself", begins: ["0", "1111"] },
    environment: { good: ["012345678901"], bad: ["12345678901"] },
  }),
  Grade: scalar({
    type: ["Grade"],
    literals: GRADES.map(quoted),
    json: GRADES,
    wrongJson: ["none", "Gold"],
    text: { by: "itself", begins: ["g", "bas"] },
    environment: { good: GRADES, bad: ["Gold", ""] },
    path: { good: GRADES, bad: ["Gold", "gol"] },
  }),
  Step: scalar({
    type: ["Step"],
    literals: ["1", "2", "3"],
    json: [1, 2, 3],
    wrongJson: [4, "1"],
    isOrdered: true,
    text: { by: "text()", begins: ["1", "3"] },
    environment: { good: ["1", "3"], bad: ["01", "4"] },
    path: { good: ["1", "2", "3"], bad: ["4", "01"] },
  }),
  Code: scalar({
    type: ["Code"],
    literals: CODES.slice(0, 2).map(quoted),
    json: CODES.slice(0, 2),
    wrongJson: ["c", "c123456789", "d1"],
    isText: true,
    environment: { good: ["c1"], bad: ["c", "xc1"] },
    path: { good: ["c1", "c22"], bad: ["c", "c123456789"] },
  }),
  Count: scalar({
    type: ["Count"],
    literals: ["0", "5", "9"],
    json: [0, 5, 9],
    wrongJson: [10, -1],
    isOrdered: true,
    text: { by: "text()", begins: ["5"] },
    environment: { good: ["5"], bad: ["10"] },
    path: { good: ["0", "9"], bad: ["10", "-1", "00"] },
  }),
} as const satisfies Readonly<Record<string, ScalarShape>>;

export type Scalar = keyof typeof SCALARS;

export const SCALAR_NAMES = Object.keys(SCALARS) as readonly Scalar[];
export const IN_PATHS = SCALAR_NAMES.filter((name) => shapeOf(name).path !== undefined);
export const IN_ENVIRONMENT = SCALAR_NAMES.filter((name) => shapeOf(name).environment !== undefined);

export function shapeOf(name: Scalar): ScalarShape {
  return SCALARS[name];
}

export function scalarType(name: Scalar, isOptional: boolean): string {
  const [type, constraints] = shapeOf(name).type;
  return `${type}${isOptional ? "?" : ""}${constraints === undefined ? "" : ` ${constraints}`}`;
}
