import { FirstFew } from '../bank/first-few.ts';
import { limits } from '../bank/limits.ts';
import type { Flaw } from './flaw.ts';
import { findSlip, findSpaceSlip } from './json-slips.ts';
import { type Expected, explainStop } from './json-stops.ts';
import * as words from './json-words.ts';
import * as shared from './shared-words.ts';
import type { Wanted } from './wanted.ts';

const quote = 34;
const comma = 44;
const slash = 47;
const colon = 58;
const equals = 61;
const openList = 91;
const backslash = 92;
const closeList = 93;
const openObject = 123;
const closeObject = 125;
const hash = 35;
const lastAscii = 127;

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+])/y;
const digits = /\d+/y;
const literal = /(?:true|false|null)(?![\w$])/y;
const escape = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;
/** A curly quote that closes a text which a straight one opened. */
const curlyClose = /[“”„‟]\s*[:,}\]]/y;

/**
 * Walks over a JSON text from its first character to its last, and finds what is wrong with it.
 * It goes on behind slips that it knows (a trailing comma, single quotes), so that a person sees
 * all of them at once; at anything else it stops. It is fast, since every input passes here.
 */
export class JsonScanner {
  readonly flaws = new FirstFew<Flaw>();
  private readonly text: string;
  private readonly wanted: Wanted | undefined;
  private at = 0;
  /** Where the last token ended, which is where a missing comma belongs. */
  private tokenEnd = 0;
  /** Where the lists and objects begin that are still open. */
  private readonly open: number[] = [];
  private containers = 0;
  private failed: 'syntax' | 'too-large' | undefined;

  constructor(text: string, wanted?: Wanted) {
    this.text = text;
    this.wanted = wanted;
  }

  /** Why the text is no JSON within the limits; undefined if it is. Flaws may be found also then. */
  scan(): 'syntax' | 'too-large' | undefined {
    this.space();
    if (this.value(this.wanted)) {
      this.space();
      if (this.at < this.text.length) this.stop('end');
    }
    return this.failed;
  }

  private value(wanted: Wanted | undefined): boolean {
    const start = this.at;
    if (!this.bareValue(wanted)) return false;
    this.tokenEnd = this.at;
    if (wanted) wanted.value = { start, end: this.at };
    return true;
  }

  private bareValue(wanted: Wanted | undefined): boolean {
    const code = this.code();
    if (code === quote) return this.string();
    if (code === openObject) return this.object(wanted);
    if (code === openList) return this.list(wanted);
    return this.skip(number) || this.skip(literal) || this.slip('value');
  }

  private list(wanted: Wanted | undefined): boolean {
    return this.members(closeList, (index) => this.value(wanted?.child(index)));
  }

  private object(wanted: Wanted | undefined): boolean {
    const keys: string[] = [];
    return this.members(closeObject, () => {
      const start = this.at;
      const name = this.key();
      if (name === undefined) return false;
      const spot = { start, end: this.at };
      if (keys.includes(name)) this.flaws.add(shared.duplicateKey(spot, name));
      else keys.push(name);
      if (keys.length > limits.keys) return this.tooLarge(shared.tooManyKeys(spot));
      const child = wanted?.child(name);
      if (child) child.key = spot;
      return this.colon() && this.value(child);
    });
  }

  private members(close: number, member: (index: number) => boolean): boolean {
    const start = this.at;
    this.open.push(start);
    this.containers += 1;
    if (this.open.length > limits.nesting) return this.tooLarge(shared.tooDeep(start));
    if (this.containers > limits.containers) return this.tooLarge(shared.tooManyContainers(start));
    this.at += 1;
    this.space();
    for (let index = 0; this.code() !== close; index += 1)
      if (!member(index) || !this.separator(close)) return false;
    this.at += 1;
    this.open.pop();
    return true;
  }

  /** Passes the comma between two members, if the list or object does not end here. */
  private separator(close: number): boolean {
    this.space();
    if (this.code() === close) return true;
    if (this.code() !== comma) return this.missing('separator');
    do {
      const start = this.at;
      this.at += 1;
      this.space();
      if (this.code() === close) return this.note(words.trailingComma(start));
      if (this.code() === comma) this.note(words.doubledComma(start));
      else if (close === closeObject && this.skip(digits)) {
        this.note(words.thousandsSeparator(start, this.at));
        this.space();
      }
    } while (this.code() === comma);
    return true;
  }

  private key(): string | undefined {
    const start = this.at;
    const quoted = this.code() === quote;
    if (!(quoted ? this.string() : this.slip('key'))) return undefined;
    this.tokenEnd = this.at;
    const raw = this.text.slice(start, this.at);
    if (!quoted) return raw;
    const escaped = raw.includes('\\') && this.failed === undefined;
    return escaped ? String(JSON.parse(raw)) : raw.slice(1, -1);
  }

  private colon(): boolean {
    this.space();
    if (this.code() === equals) this.note(words.equalsSign(this.at));
    else if (this.code() !== colon) return this.missing('colon');
    this.at += 1;
    this.space();
    return true;
  }

  /** Goes on without a comma or colon if what follows makes sense behind one. */
  private missing(expected: 'separator' | 'colon'): boolean {
    const follows = /["'“[{\w-]/.test(this.text.charAt(this.at));
    return follows ? this.note(words.missing(expected, this.tokenEnd)) : this.stop(expected);
  }

  private string(): boolean {
    const start = this.at;
    for (this.at += 1; this.code() !== quote; this.at += 1) {
      const code = this.code();
      if (code === backslash) this.escape();
      else if (code > lastAscii && this.looksAt(curlyClose)) {
        this.note(words.mixedQuotes(this.at));
        break;
      } else if (!(code >= 32)) {
        if (code !== 9) return this.stop('quote', start);
        this.note(words.rawTab(this.at));
      }
    }
    this.at += 1;
    return true;
  }

  /** Leaves `at` on the last character of the escape. */
  private escape(): void {
    const start = this.at;
    if (!this.skip(escape)) {
      this.note(words.badEscape(start));
      return;
    }
    this.at -= 1;
  }

  private space(): void {
    for (;;) {
      const code = this.code();
      if (code === 32 || code === 10 || code === 13 || code === 9) this.at += 1;
      else if (code !== slash && code !== hash && !(code > lastAscii)) return;
      else {
        const slip = findSpaceSlip(this.text, this.at);
        if (slip === undefined) return;
        this.at = slip.end;
        this.note(slip);
      }
    }
  }

  private code(): number {
    return this.text.charCodeAt(this.at);
  }

  private looksAt(sticky: RegExp): boolean {
    sticky.lastIndex = this.at;
    return sticky.test(this.text);
  }

  private skip(sticky: RegExp): boolean {
    if (!this.looksAt(sticky)) return false;
    this.at = sticky.lastIndex;
    return true;
  }

  /** Passes a known slip, as if it were what it should be. */
  private slip(expected: 'key' | 'value'): boolean {
    const slip = this.open.length === 0 ? undefined : findSlip(this.text, this.at, expected);
    if (slip === undefined) return this.stop(expected);
    this.at = slip.end;
    return this.note(slip);
  }

  private note(flaw: Flaw): true {
    this.failed ??= 'syntax';
    const alike = this.flaws.items.filter(({ message }) => message === flaw.message).length;
    if (alike < limits.problemsAlike) this.flaws.add(flaw);
    else this.flaws.more += 1;
    if (this.flaws.isEnough) this.at = this.text.length;
    return true;
  }

  private stop(expected: Expected, at = this.at): false {
    this.note(explainStop({ text: this.text, at, expected, opener: this.open.at(-1) }));
    return false;
  }

  private tooLarge(flaw: Flaw): false {
    this.failed = 'too-large';
    this.flaws.add(flaw);
    return false;
  }
}
