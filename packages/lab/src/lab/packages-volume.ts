/** The engine's volume with the packages that hosts of one release have downloaded. */
export const packagesVolume = (suite: string): string => `evenkeel-lab-packages-${suite}`;
