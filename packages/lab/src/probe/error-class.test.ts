import { expect, test } from "vitest";
import type { WireFailure } from "./error-class.ts";
import { classifyFailure } from "./error-class.ts";

const fresh = { isReused: false, bytesReceived: 0 };
const reused = { isReused: true, bytesReceived: 0 };
const begun = { isReused: false, bytesReceived: 17 };

test.each<{ failure: WireFailure; error: string }>([
  { failure: { phase: "connect", code: "ECONNREFUSED", ...fresh }, error: "refused" },
  { failure: { phase: "connect", code: "TIMEOUT", ...fresh }, error: "connect-timeout" },
  { failure: { phase: "connect", code: "ETIMEDOUT", ...fresh }, error: "connect-timeout" },
  { failure: { phase: "connect", code: "ECONNRESET", ...fresh }, error: "rst-new" },
  { failure: { phase: "connect", code: "EHOSTUNREACH", ...fresh }, error: "unreachable" },
  { failure: { phase: "connect", code: "ENOTFOUND", ...fresh }, error: "unreachable" },
  { failure: { phase: "connect", code: "EADDRNOTAVAIL", ...fresh }, error: "overload" },
  { failure: { phase: "connect", code: "EMFILE", ...fresh }, error: "overload" },
  { failure: { phase: "tls", code: "TIMEOUT", ...fresh }, error: "connect-timeout" },
  { failure: { phase: "tls", code: "ECONNRESET", ...fresh }, error: "rst-new" },
  { failure: { phase: "tls", code: "END", ...fresh }, error: "rst-new" },
  { failure: { phase: "tls", code: "CERT_HAS_EXPIRED", ...fresh }, error: "tls" },
  { failure: { phase: "exchange", code: "ECONNRESET", ...fresh }, error: "rst-new" },
  { failure: { phase: "exchange", code: "END", ...fresh }, error: "rst-new" },
  { failure: { phase: "exchange", code: "ECONNRESET", ...reused }, error: "rst-reused-before-first-byte" },
  { failure: { phase: "exchange", code: "EPIPE", ...reused }, error: "rst-reused-before-first-byte" },
  { failure: { phase: "exchange", code: "END", ...reused }, error: "rst-reused-before-first-byte" },
  { failure: { phase: "exchange", code: "END", ...begun }, error: "truncated" },
  { failure: { phase: "exchange", code: "ECONNRESET", ...begun }, error: "truncated" },
  { failure: { phase: "exchange", code: "TIMEOUT", ...begun }, error: "truncated" },
  { failure: { phase: "exchange", code: "TIMEOUT", ...reused }, error: "no-answer" },
  { failure: { phase: "exchange", code: "PROTOCOL", ...begun }, error: "protocol" },
  { failure: { phase: "exchange", code: "STATUS_5XX", ...begun }, error: "5xx" },
  { failure: { phase: "exchange", code: "REFUSED_STREAM", ...fresh }, error: "refused-stream" },
  { failure: { phase: "exchange", code: "REFUSED_STREAM", ...reused }, error: "refused-stream" },
])(
  "$failure.phase $failure.code, reused $failure.isReused, $failure.bytesReceived bytes: $error",
  ({ failure, error }) => {
    expect(classifyFailure(failure)).toBe(error);
  },
);
