/** The age library: its cryptography takes a while to load, so only who has an age text to read or write loads it. */
export const loadAge = () => import("age-encryption");
