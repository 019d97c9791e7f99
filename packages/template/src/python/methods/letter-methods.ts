import { textArgument } from "../arguments.ts";
import type { Native } from "../native.ts";
import { native } from "../native.ts";

const text = (value: unknown) => textArgument(value, "the text");
const onText = (change: (self: string) => unknown) => native("self", (self) => change(text(self)));

/** The methods of texts that are about letters: upper and lower case, digits, what a text consists of. */
export const letterMethods: Readonly<Record<string, Native>> = {
  upper: onText((self) => self.toUpperCase()),
  lower: onText((self) => self.toLowerCase()),
  casefold: onText((self) => self.toLowerCase().replaceAll("ß", "ss")),
  capitalize: onText(capitalize),
  title: onText((self) => self.replace(/\p{L}+/gu, capitalize)),
  swapcase: onText((self) =>
    self.replace(/\p{L}/gu, (each) => (each === each.toLowerCase() ? each.toUpperCase() : each.toLowerCase())),
  ),
  isalpha: onText((self) => /^\p{L}+$/u.test(self)),
  isalnum: onText((self) => /^[\p{L}\p{N}]+$/u.test(self)),
  isdigit: onText((self) => /^[\p{Nd}²³¹⁰⁴-⁹₀-₉]+$/u.test(self)),
  isdecimal: onText((self) => /^\p{Nd}+$/u.test(self)),
  isnumeric: onText((self) => /^\p{N}+$/u.test(self)),
  isascii: onText((self) => /^[\0-\x7f]*$/.test(self)),
  isspace: onText((self) => /^[\s\x1c-\x1f\x85]+$/.test(self)),
  isidentifier: onText((self) => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(self)),
  isprintable: onText((self) => /^(?: |[^\p{C}\p{Z}])*$/u.test(self)),
  isupper: onText(isUpper),
  islower: onText(isLower),
  istitle: onText((self) => /\p{L}/u.test(self) && self === self.replace(/\p{L}+/gu, capitalize)),
};

export function capitalize(self: string): string {
  const first = String.fromCodePoint(...(self === "" ? [] : [self.codePointAt(0) ?? 0]));
  return first.toUpperCase() + self.slice(first.length).toLowerCase();
}

export function isUpper(self: string): boolean {
  return self !== self.toLowerCase() && self === self.toUpperCase();
}

export function isLower(self: string): boolean {
  return self !== self.toUpperCase() && self === self.toLowerCase();
}
