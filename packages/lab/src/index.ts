export const name = "lab";
