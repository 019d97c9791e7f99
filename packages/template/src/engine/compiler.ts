import type { Position } from "../python/fault.ts";
import type { Body, Expression, MacroNode } from "../syntax/nodes.ts";
import { parseTemplate } from "../syntax/parse.ts";
import { ansibleSettings } from "../syntax/settings.ts";
import { changesData } from "./changes-data.ts";
import { compileExpression } from "./compile-expression.ts";
import { compileMacro } from "./compile-macro.ts";
import { compileStatement } from "./compile-statement.ts";
import type { CompiledBlock, CompiledTemplate, Evaluate, Execute } from "./compiled.ts";
import type { MacroSource } from "./macro.ts";
import { Sink } from "./sink.ts";

interface CompilerOptions {
  readonly file?: string | undefined;
  /** Lines above the text that was parsed. */
  readonly linesAbove?: number;
  /** Texts in quotes may be templates themselves: `when: "{{ a }}" == b`. */
  readonly rendersLiterals?: boolean;
}

/** From nodes to functions. What a node of each kind becomes is in the files named compile-…. */
export class Compiler {
  readonly blocks = new Map<string, CompiledBlock>();
  readonly file: string | undefined;
  rendersLiterals: boolean;
  readonly #linesAbove: number;

  constructor({ file, linesAbove = 0, rendersLiterals = false }: CompilerOptions) {
    this.file = file;
    this.rendersLiterals = rendersLiterals;
    this.#linesAbove = linesAbove;
  }

  template(body: Body): CompiledTemplate {
    return { run: this.body(body), blocks: this.blocks, changesData: changesData(body) };
  }

  expression(node: Expression): Evaluate {
    return compileExpression(node, this);
  }

  macro(node: MacroNode): MacroSource {
    return compileMacro(node, this);
  }

  /** Statements, one after another. */
  body({ children }: Body): Execute {
    const statements = children.map((each) => compileStatement(each, this));
    const [only, ...more] = statements;
    if (only !== undefined && more.length === 0) return only;
    return (frame, sink) => {
      for (const statement of statements) {
        const jump = statement(frame, sink);
        if (jump !== undefined) return jump;
      }
      return undefined;
    };
  }

  /** A text in quotes that is a template itself. */
  literal(text: string): Evaluate {
    const body = new Compiler({ file: this.file }).body(parseTemplate(text, ansibleSettings, true));
    return (frame) => {
      const sink = new Sink(frame.render);
      body(frame.inner(), sink);
      return sink.value();
    };
  }

  /** With texts in quotes being templates meanwhile. */
  renderingLiterals<Result>(compile: () => Result): Result {
    const before = this.rendersLiterals;
    this.rendersLiterals = true;
    try {
      return compile();
    } finally {
      this.rendersLiterals = before;
    }
  }

  at({ lineno, colno }: Position): Position {
    return { lineno: lineno + this.#linesAbove, colno, ...(this.file !== undefined && { file: this.file }) };
  }
}
