import { Composer, type CST, isAlias, isMap, isScalar, isSeq, Lexer, Parser } from 'yaml';
import type { Alias, Document as YamlDocument, Node, YAMLError, YAMLMap } from 'yaml';
import { FirstFew } from '../bank/first-few.ts';
import { limits } from '../bank/limits.ts';
import type { Parsed, Part, Path } from './document.ts';
import type { Flaw, Spot } from './flaw.ts';
import { parseInPieces } from './yaml-pieces.ts';
import * as shared from './shared-words.ts';
import { YamlGuard } from './yaml-guard.ts';
import * as words from './yaml-words.ts';

const options = {
  // Also under `%YAML 1.1`, where 010 would be 8 and yes would be true.
  schema: 'core',
  resolveKnownTags: false,
  stringKeys: true,
  // The package compares each key with every other of its map; the reader below uses a set.
  uniqueKeys: false,
};

/** Reads YAML 1.2. This is the only file that imports `yaml`; load it only when it is needed. */
export function parseYaml(text: string): Parsed {
  return parseInPieces(text, parseWhole) ?? parseWhole(text);
}

function parseWhole(text: string): Parsed {
  const guard = new YamlGuard();
  const composer = new Composer(options);
  const [document, second] = composer.compose(tokensOf(text, guard), true, text.length);
  if (guard.flaw !== undefined) return refused('too-large', guard.flaw);
  if (document === undefined || isEmpty(document)) return { ok: false, reason: 'empty' };
  const flaw = syntaxFlaw(text, document, second);
  return flaw === undefined ? valueOf(document) : refused('syntax', flaw);
}

function refused(reason: 'syntax' | 'too-large', flaw: Flaw): Parsed {
  const flaws = new FirstFew<Flaw>();
  flaws.add(flaw);
  return { ok: false, reason, flaws };
}

/** Only the first: the parser does not find its way again, and what else it finds is nonsense. */
function syntaxFlaw(
  text: string,
  { errors: [error] }: YamlDocument.Parsed,
  second: YamlDocument.Parsed | undefined,
): Flaw | undefined {
  if (text.startsWith('\ufeff')) return shared.byteOrderMark;
  if (error !== undefined) return words.tabFlaw(text) ?? flawOf(error);
  return second === undefined ? undefined : words.secondDocument(second.range[0]);
}

function valueOf({ contents, warnings }: YamlDocument.Parsed): Parsed {
  const reader = new Reader();
  for (const warning of warnings) reader.flaws.add(flawOf(warning));
  const value = reader.read(contents, 1);
  const { flaws, failed } = reader;
  if (failed !== undefined) return { ok: false, reason: failed, flaws };
  const locate = (parts: readonly Part[]): readonly Spot[] =>
    parts.map(({ path, part }) => spotIn(contents, path, part));
  return { ok: true, document: { value, flaws, locate } };
}

function* tokensOf(text: string, guard: YamlGuard): Generator<CST.Token> {
  const parser = new Parser();
  for (const token of new Lexer().lex(text)) {
    if (!guard.passes(token)) return;
    yield* parser.next(token);
  }
  yield* parser.end();
}

function isEmpty({ contents, errors }: YamlDocument.Parsed): boolean {
  if (errors.length > 0) return false;
  return contents === null || (isScalar(contents) && contents.source === '');
}

function flawOf({ code, message, pos: [start, end] }: YAMLError): Flaw {
  return words.syntaxFlaw(code, message, { start, end });
}

/** Turns nodes into values. Aliases share the value of their anchor, so nothing is copied. */
class Reader {
  readonly flaws = new FirstFew<Flaw>();
  /** Why no value came out; undefined if one did. */
  failed: 'syntax' | 'too-large' | undefined;
  /** The value of each anchor, and how many repetitions are in it. */
  private readonly anchors = new Map<string, { value: unknown; repetitions: number }>();
  private repetitions = 0;

  private fail(reason: 'syntax' | 'too-large', flaw: Flaw): void {
    this.failed ??= reason;
    this.flaws.add(flaw);
  }

  read(node: Node | null, depth: number): unknown {
    if (node === null || this.failed !== undefined) return null;
    if (isAlias(node)) return this.alias(node);
    const before = this.repetitions;
    const value = this.content(node, depth);
    if ('anchor' in node && typeof node.anchor === 'string')
      this.anchors.set(node.anchor, { value, repetitions: this.repetitions - before });
    return value;
  }

  private content(node: Node, depth: number): unknown {
    if (isScalar(node)) return node.value;
    if (depth > limits.nesting) this.fail('too-large', shared.tooDeep(spotOf(node).start));
    else if (isSeq<Node | null>(node)) return node.items.map((item) => this.read(item, depth + 1));
    else if (isMap<Node, Node | null>(node)) return this.map(node, depth);
    return null;
  }

  private map(node: YAMLMap<Node, Node | null>, depth: number): unknown {
    const keys = new Set<string>();
    const pairs = node.items.map(({ key, value }) => {
      const name = keyName(key);
      if (keys.has(name)) this.flaws.add(shared.duplicateKey(spotOf(key), name));
      keys.add(name);
      return [name, this.read(value, depth + 1)] as const;
    });
    if (keys.size > limits.keys) this.fail('too-large', shared.tooManyKeys(spotOf(node)));
    return Object.fromEntries(pairs);
  }

  private alias(node: Alias): unknown {
    const anchor = this.anchors.get(node.source);
    if (anchor === undefined) {
      this.fail('syntax', words.unknownAlias(spotOf(node), node.source));
      return null;
    }
    this.repetitions += 1 + anchor.repetitions;
    if (this.repetitions > limits.yamlAliases)
      this.fail('too-large', words.tooManyAliases(spotOf(node)));
    return anchor.value;
  }
}

const keyName = (key: Node): string => (isScalar(key) ? String(key.value) : '');

function spotOf(node: Node): Spot {
  const [start, end] = node.range ?? [0, 0];
  return { start, end };
}

/** The place of a part; a part inside a repeated value is at the alias that repeats it. */
function spotIn(root: Node | null, path: Path, part: Part['part']): Spot {
  let node = root;
  let key: Node | null = null;
  for (const step of path) {
    if (isSeq<Node | null>(node)) node = node.items[Number(step)] ?? node;
    else if (isMap<Node, Node | null>(node)) {
      const pair = node.items.findLast((item) => keyName(item.key) === step);
      key = pair?.key ?? key;
      node = pair?.value ?? key;
    }
  }
  const found = part === 'key' ? (key ?? node) : node;
  return found === null ? { start: 0, end: 0 } : spotOf(found);
}
