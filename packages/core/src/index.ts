export const name = "core";
