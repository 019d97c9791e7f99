/** What a host or a file says must not speak to the terminal: control characters are shown, not sent. */
export function printable(text: string): string {
  return text
    .replace(/[\0-\x08\x0b-\x1f\x7f]/g, (control) =>
      control === "\x7f" ? "␡" : String.fromCharCode(0x2400 + control.charCodeAt(0)),
    )
    .replace(/[\x80-\x9f]/g, "�");
}
