import { InputError } from "@evenkeel/core";
import type { Command } from "commander";

/** A shell's completion of commands and their flags. */
export function completionScript(shell: string, program: Command): string {
  const words = program.commands.map((command) => ({
    name: command.name(),
    description: command.description(),
    flags: command.options.flatMap(({ short, long }) => [short, long].filter((each) => each != null)),
  }));
  if (shell === "bash") return bash(words);
  if (shell === "zsh") return `autoload -U +X bashcompinit && bashcompinit\n${bash(words)}`;
  if (shell === "fish") return fish(words);
  throw new InputError({
    code: "completion/shell",
    message: `no completion for ${JSON.stringify(shell)}`,
    hint: "bash, zsh or fish",
  });
}

interface Word {
  readonly name: string;
  readonly description: string;
  readonly flags: readonly string[];
}

function bash(words: readonly Word[]): string {
  const cases = words.map(({ name, flags }) => `    ${name}) flags="${flags.join(" ")}" ;;`).join("\n");
  return `_evenkeel() {
  local word="\${COMP_WORDS[COMP_CWORD]}" flags=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${words.map(({ name }) => name).join(" ")}" -- "$word"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases}
  esac
  case "$word" in
    -*) COMPREPLY=($(compgen -W "$flags" -- "$word")) ;;
    *) COMPREPLY=($(compgen -f -- "$word")) ;;
  esac
}
complete -o filenames -F _evenkeel evenkeel
`;
}

function fish(words: readonly Word[]): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "\\'")}'`;
  const lines = words.flatMap(({ name, description, flags }) => [
    `complete -c evenkeel -n __fish_use_subcommand -a ${name} -d ${quoted(description)}`,
    ...flags.map(
      (flag) =>
        `complete -c evenkeel -n '__fish_seen_subcommand_from ${name}' ${flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`}`,
    ),
  ]);
  return `${lines.join("\n")}\n`;
}
