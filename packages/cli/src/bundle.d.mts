export const bundleFolder: string;
export function freshBundle(): string | undefined;
