import { spawn } from "node:child_process";
import { once } from "node:events";

/** Runs a program of the system's, which must succeed. */
export async function run(program: string, argv: readonly string[]): Promise<void> {
  const child = spawn(program, argv, { stdio: ["ignore", "ignore", "inherit"] });
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${argv.join(" ")}`);
}
