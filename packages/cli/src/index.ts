export const name = "cli";
