export const name = "transport";
