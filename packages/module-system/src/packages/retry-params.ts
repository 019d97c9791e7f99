import { Type } from "typebox";

/** How stubbornly lists are fetched. */
export const retryParams = {
  update_cache_retries: Type.Integer({ default: 5, description: "how often fetching the lists is tried" }),
  update_cache_retry_max_delay: Type.Integer({
    default: 12,
    description: "the longest pause between tries, in seconds",
  }),
};
