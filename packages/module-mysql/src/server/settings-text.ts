import { InputError } from "@evenkeel/core";
import type { SettingValue } from "../setting/setting-value.ts";
import { settingName, settingText } from "../setting/setting-value.ts";

/** The file of settings that is ours; it is read last, so what it says holds. */
export function settingsText(settings: Readonly<Record<string, SettingValue>>): string {
  const lines = Object.entries(settings)
    .map(([name, value]) => `${checkedName(name)} = ${fileValue(settingText(value))}`)
    .sort();
  return ["# Kept by Evenkeel: changes by hand are overwritten.", "[mysqld]", ...lines, ""].join("\n");
}

export function checkedName(name: string): string {
  const plain = settingName(name);
  if (/^[a-z][a-z0-9_]{0,63}$/.test(plain)) return plain;
  throw new InputError({
    code: "mysql/setting",
    message: `not a setting's name: ${JSON.stringify(name)}`,
    hint: "such as max_connections",
  });
}

/** One line; where anything in it might mean something to the server's reader it stands between quotes. */
function fileValue(text: string): string {
  if (/[\n\r\0]/.test(text)) {
    throw new InputError({ code: "mysql/setting", message: `a setting is one line: ${JSON.stringify(text)}` });
  }
  return /^[\w.,:/+@-]*$/.test(text) ? text : `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}
