import { fieldsOf, firstOf } from "../fields.ts";

/**
 * Roles ask for it to choose between packages' names (`python3-…`, `python-…`). A host needs none for us: one without says 3, which
 * is what it would get, and nothing more.
 */
export function parsePython(text: string) {
  const fields = fieldsOf(text);
  const [, major, minor, micro, rest = ""] =
    /^Python (\d+)\.(\d+)\.(\d+)(.*)$/.exec(firstOf(fields, "version") ?? "") ?? [];
  if (major === undefined) return { python: { version: { major: 3 } } };
  const [, stage = "", serial = "0"] = /^(a|b|rc)(\d+)/.exec(rest) ?? [];
  const releaselevel = { a: "alpha", b: "beta", rc: "candidate" }[stage] ?? "final";
  const numbers = [major, minor, micro].map(Number);
  return {
    python: {
      executable: firstOf(fields, "executable"),
      has_sslcontext: true,
      type: "cpython",
      version: { major: numbers[0], minor: numbers[1], micro: numbers[2], releaselevel, serial: Number(serial) },
      version_info: [...numbers, releaselevel, Number(serial)],
    },
    python_version: numbers.join(".") + rest,
  };
}
