/** Whether the full matrix is wanted, which takes many minutes: `npm run prove`. */
export const isProving = Boolean(process.env.EVENKEEL_PROVE);
