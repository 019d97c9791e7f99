/** A pattern of the shell, as Python's fnmatch reads it: `*`, `?`, `[a-z]`, `[!a]`. */
export function shellPattern(source: string): RegExp {
  const body = source.replace(
    /\*|\?|\[(!?)(\]?[^\]]*)\]|[\s\S]/g,
    (piece, not: string | undefined, inside: string | undefined) => {
      if (piece === "*") return "[\\s\\S]*";
      if (piece === "?") return "[\\s\\S]";
      if (inside === undefined) return piece.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
      return `[${not ? "^" : ""}${inside.replace(/[\\[\]^]/g, "\\$&")}]`;
    },
  );
  return new RegExp(`^${body}$`);
}
