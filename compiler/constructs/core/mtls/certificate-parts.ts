/** What rules may read of a certificate, by the name that a field or `id` gives it. */
const ATTRIBUTES = ["CN", "O", "OU", "C", "L", "ST", "serialNumber"] as const;

export const CERTIFICATE_PARTS: readonly string[] = [
  ...ATTRIBUTES.map((attribute) => `subject.${attribute}`),
  ...ATTRIBUTES.map((attribute) => `issuer.${attribute}`),
  ...["dns", "uri", "email", "ip"].map((kind) => `san.${kind}`),
  "serial",
];
