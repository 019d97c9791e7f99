export const name = "toolchain";
