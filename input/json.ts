import type { Document, Parsed } from './document.ts';
import { JsonScanner } from './json-scanner.ts';
import { foundSpot, wantedTree } from './wanted.ts';

/**
 * Reads JSON. The value comes from `JSON.parse`; our own scanner runs before it, because
 * `JSON.parse` takes the last of two equal keys, any nesting, and names no cause.
 */
export function parseJson(text: string): Parsed {
  if (text.trim() === '') return { ok: false, reason: 'empty' };
  const scanner = new JsonScanner(text);
  const reason = scanner.scan();
  if (reason !== undefined) return { ok: false, reason, flaws: scanner.flaws };
  const value: unknown = JSON.parse(text);
  return { ok: true, document: { value, flaws: scanner.flaws, locate: locateIn(text) } };
}

const locateIn =
  (text: string): Document['locate'] =>
  (parts) => {
    const wanted = wantedTree(parts);
    new JsonScanner(text, wanted).scan();
    return parts.map((part) => foundSpot(wanted, part));
  };
