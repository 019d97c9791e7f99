/** What a text allows: which ways of writing it read back the same. */
export interface ScalarAnalysis {
  readonly isMultiline: boolean;
  readonly allowsFlowPlain: boolean;
  readonly allowsBlockPlain: boolean;
  readonly allowsSingleQuoted: boolean;
  readonly allowsBlock: boolean;
}

const lineBreak = /[\r\n\u0085\u2028\u2029]/;
const printable = /^[\n\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]*$/;

export function analyzeScalar(text: string, isUnicode: boolean): ScalarAnalysis {
  if (text === "") {
    return {
      isMultiline: false,
      allowsFlowPlain: false,
      allowsBlockPlain: true,
      allowsSingleQuoted: true,
      allowsBlock: false,
    };
  }
  const isMultiline = lineBreak.test(text);
  const isSpecial = !printable.test(text) || (!isUnicode && /[^\x00-\x7f]/.test(text));
  const hasSpaceBeforeBreak = / [\r\n\u0085\u2028\u2029]/.test(text);
  const hasSpaceAfterBreak = /[\r\n\u0085\u2028\u2029] /.test(text);
  const isOddAtEnds = /^[ \r\n\u0085\u2028\u2029]|[ \r\n\u0085\u2028\u2029]$/.test(text);
  const isPlain = !isOddAtEnds && !isMultiline && !hasSpaceBeforeBreak && !isSpecial;
  return {
    isMultiline,
    allowsFlowPlain: isPlain && !hasFlowIndicator(text),
    allowsBlockPlain: isPlain && !hasBlockIndicator(text),
    allowsSingleQuoted: !hasSpaceAfterBreak && !hasSpaceBeforeBreak && !isSpecial,
    allowsBlock: !text.endsWith(" ") && !hasSpaceBeforeBreak && !isSpecial,
  };
}

const alwaysIndicator = /^(?:---|\.\.\.|[#,[\]{}&*!|>'"%@`])|[ \t\0\r\n\u0085\u2028\u2029]#/;

function hasFlowIndicator(text: string): boolean {
  return alwaysIndicator.test(text) || /^[?:]|^-(?:[ \t\0\r\n]|$)|[,?[\]{}:]/.test(text);
}

function hasBlockIndicator(text: string): boolean {
  return (
    alwaysIndicator.test(text) ||
    /^[?-](?:[ \t\0\r\n\u0085\u2028\u2029]|$)|:(?:[ \t\0\r\n\u0085\u2028\u2029]|$)/.test(text)
  );
}
