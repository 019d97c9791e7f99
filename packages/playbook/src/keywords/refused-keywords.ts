import { hasTemplate } from "../values/prepare.ts";
import type { Mistakes } from "../written/mistakes.ts";
import type { Written } from "../written/written.ts";
import type { Keywords } from "./heritage.ts";

/** Keywords of Ansible's that we do not act on: passing over them in silence would be wrong. */
export function refuseKeywords(keywords: Keywords, mistakes: Mistakes): void {
  for (const [name, { message, hint, isRefused }] of Object.entries(refused)) {
    const written = keywords.get(name);
    if (written === undefined || !isRefused(written)) continue;
    mistakes.add({
      code: "refused-keyword",
      message: `${name}: ${message}`,
      place: written.place,
      ...(hint && { hint }),
    });
  }
}

interface Refusal {
  readonly message: string;
  readonly hint?: string;
  isRefused(written: Written): boolean;
}

const ways = /^(ansible\.builtin\.)?(local|ssh|smart|paramiko|paramiko_ssh|openssh)$/;

const refused: Readonly<Record<string, Refusal>> = {
  become_exe: {
    message: "the program is found in the host's path",
    hint: "become_method says which: sudo, su or doas",
    isRefused: () => true,
  },
  debugger: {
    message: "there is no debugger between tasks",
    hint: "evenkeel plan shows what a task would do",
    isRefused: ({ value }) => value !== "never",
  },
  connection: {
    message: "hosts are reached by ssh, openssh or local",
    isRefused: ({ value }) => !hasTemplate(value) && !ways.test(String(value)),
  },
};

/** What took the place of keywords that are no longer there. */
export const bygone: Readonly<Record<string, string>> = {
  sudo: "become: yes",
  sudo_user: "become_user",
  su: "become: yes, with become_method: su",
  su_user: "become_user",
  always_run: "check_mode: no",
  static: "import_tasks is static, include_tasks is not",
  private: "public: no",
  accelerate: "nothing: one connection serves all tasks",
};
