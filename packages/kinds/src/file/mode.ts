import { InputError } from "@evenkeel/core";

/**
 * A mode as YAML gives it: octal text, symbolic text, or the number that YAML made of an unquoted `0644`. A number whose
 * digits were meant to be octal (`644`) is refused: it would be another mode.
 */
export function modeText(mode: string | number): string {
  if (typeof mode === "number") return textOfNumber(mode);
  const octal = /^0*o?([0-7]{1,4})$/.exec(mode)?.[1];
  if (octal !== undefined) return octal.padStart(4, "0");
  const clauses = mode.replaceAll(" ", "").split(",");
  if (clauses.every((clause) => CLAUSE.test(clause))) return clauses.join(",");
  throw wrong(mode, "octal digits in quotes, such as '0644', or chmod's letters, such as u=rw,g=r,o=r");
}

const CLAUSE = /^[ugoa]*([-+=][rwxXstugo]*)+$/;

/** Nobody means the modes that decimal 600 to 777, or 400 to 555, are in octal. */
function textOfNumber(mode: number): string {
  const isDecimal = /^[67][0-7]{2}$/.test(String(mode)) || [400, 440, 444, 500, 550, 555].includes(mode);
  if (Number.isInteger(mode) && mode >= 0 && mode <= 0o7777 && !isDecimal) return mode.toString(8).padStart(4, "0");
  throw wrong(mode, `write it in quotes: '0${mode}'`);
}

function wrong(mode: string | number, hint: string): InputError {
  return new InputError({ code: "file/mode", message: `not a mode: ${JSON.stringify(mode)}`, hint });
}

/** What chmod is taken from: letters depend on the mode that is there, and `X` on what it is. */
interface Base {
  readonly mode: string;
  readonly isDirectory: boolean;
}

/** A mode in four octal digits. Letters are worked out as Ansible does, with the umask 022 where they name nobody. */
export function octalMode(mode: string, base: Base): string {
  if (/^[0-7]+$/.test(mode)) return mode.padStart(4, "0");
  return mode
    .split(",")
    .flatMap(operationsIn)
    .reduce((bits, operation) => afterwards(bits, operation, base.isDirectory), Number.parseInt(base.mode, 8))
    .toString(8)
    .padStart(4, "0");
}

interface Operation {
  readonly user: User;
  readonly operator: string;
  readonly letters: string;
  /** What the umask takes away where nobody is named. */
  readonly masked: number;
}

function operationsIn(clause: string): Operation[] {
  const [, named = "", rest = ""] = /^([ugoa]*)(.*)$/.exec(clause) ?? [];
  const users = [...(named === "" || named.includes("a") ? "ugo" : named)] as User[];
  const masked = named === "" ? 0o022 : 0;
  return [...rest.matchAll(/([-+=])([^-+=]*)/g)].flatMap(([, operator = "", letters = ""]) =>
    users.map((user) => ({ user, operator, letters, masked })),
  );
}

function afterwards(bits: number, { user, operator, letters, masked }: Operation, isDirectory: boolean): number {
  const wanted = bitsOf(letters, user, bits, isDirectory) & ~masked;
  if (operator === "+") return bits | wanted;
  return operator === "-" ? bits & ~wanted : (bits & ~ALL[user]) | wanted;
}

type User = "u" | "g" | "o";
const SHIFT: Readonly<Record<User, number>> = { u: 6, g: 3, o: 0 };
/** What `=` takes away. */
const ALL: Readonly<Record<User, number>> = { u: 0o4700, g: 0o2070, o: 0o1007 };

function bitsOf(letters: string, user: User, old: number, isDirectory: boolean): number {
  const shift = SHIFT[user];
  const hasX = isDirectory || (old & 0o111) !== 0;
  const bits: Record<string, number> = {
    r: 4 << shift,
    w: 2 << shift,
    x: 1 << shift,
    X: hasX ? 1 << shift : 0,
    s: user === "u" ? 0o4000 : user === "g" ? 0o2000 : 0,
    t: user === "o" ? 0o1000 : 0,
    u: ((old >> 6) & 7) << shift,
    g: ((old >> 3) & 7) << shift,
    o: (old & 7) << shift,
  };
  return [...letters].reduce((sum, letter) => sum | (bits[letter] ?? 0), 0);
}
