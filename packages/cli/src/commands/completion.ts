import { Command } from "commander";

/** `evenkeel completion`: a script for the shell, made of the commands that there are. */
export function completionCommand(program: Command): Command {
  return new Command("completion")
    .exitOverride()
    .description('what makes your shell complete our commands: eval "$(evenkeel completion bash)"')
    .argument("<shell>", "bash, zsh or fish")
    .action(async (shell) => {
      const { completionScript } = await import("./completion/completion-script.ts");
      process.stdout.write(completionScript(shell, program));
    });
}
