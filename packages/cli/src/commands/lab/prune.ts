import { prune as pruneLab } from "@evenkeel/lab";

export async function prune(): Promise<void> {
  const { images, volumes } = await pruneLab();
  const said = [
    ...images.map((image) => `removed image ${image}`),
    ...volumes.map((volume) => `removed packages ${volume}`),
  ];
  process.stdout.write(said.length === 0 ? "nothing to remove\n" : `${said.join("\n")}\n`);
}
