import { limits } from '../bank/limits.ts';
import type { Flaw } from './flaw.ts';
import { tooDeep, tooManyTokens } from './shared-words.ts';

const scalarFollows = '\u001f';
/** Tokens of the lexer that stand for no text. */
const controls = new Set(['\u0002', '\u0018', scalarFollows]);

/**
 * Watches the tokens of a YAML text go by and stops reading before the text is too much: the
 * reader behind it would use a kilobyte of memory for each bracket of a text that is nothing else.
 */
export class YamlGuard {
  /** Why reading was stopped. */
  flaw: Flaw | undefined;
  private at = 0;
  private tokens = 0;
  private inBrackets = 0;
  /** Lists and keys that began on this line: `- - - 1` is three lists deep. */
  private begunOnLine = 0;
  private isScalar = false;

  /** False once the text is too much. */
  passes(token: string): boolean {
    this.tokens += 1;
    if (!this.isScalar) this.count(token);
    this.isScalar = token === scalarFollows;
    if (this.inBrackets > limits.nesting || this.begunOnLine > limits.nesting)
      this.flaw = tooDeep(this.at);
    else if (this.tokens > limits.yamlTokens) this.flaw = tooManyTokens(this.at);
    if (!controls.has(token)) this.at += token.length;
    return this.flaw === undefined;
  }

  private count(token: string): void {
    if (token === '[' || token === '{') this.inBrackets += 1;
    else if (token === ']' || token === '}') this.inBrackets -= 1;
    else if (token === '-' || token === '?') this.begunOnLine += 1;
    else if (token.endsWith('\n')) this.begunOnLine = 0;
  }
}
