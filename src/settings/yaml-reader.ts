import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import type { KeyPath, Place, Problem } from './place.ts';
import { quote } from './quote.ts';
import { yamlErrors } from './yaml-errors.ts';
import { deepestNesting } from './yaml-nesting.ts';

/** Nodes after aliases are expanded. */
const mostNodes = 20_000;
/** The parser searches the whole document for each. */
const mostAliases = 100;

/** Turns nodes into plain data itself, since `toJS` knows neither places nor a bound on what aliases expand to. */
export class YamlReader {
  readonly values = new Map<string, number>();
  readonly keys = new Map<string, number>();
  readonly problems: Problem[] = [];
  private nodes = 0;
  private aliases = 0;
  private readonly document: Document;
  private readonly placeAt: (offset: number) => Place;

  constructor(document: Document, placeAt: (offset: number) => Place) {
    this.document = document;
    this.placeAt = placeAt;
  }

  read(node: unknown, path: KeyPath): unknown {
    const offset = offsetOf(node);
    if (offset !== undefined) this.values.set(JSON.stringify(path), offset);
    this.nodes++;
    if (path.length > deepestNesting) return this.refuse(offset, yamlErrors.RESOURCE_EXHAUSTION);
    if (isAlias(node)) this.aliases++;
    if (this.nodes > mostNodes || this.aliases > mostAliases) {
      return this.refuse(offset, 'the file holds or expands to too much; write it shorter and with fewer aliases');
    }
    if (isAlias(node)) return this.readAlias(node.resolve(this.document), node.source, offset, path);
    if (isMap(node)) return this.readMap(node, path);
    if (isSeq(node)) return node.items.map((item, index) => this.read(item, [...path, index]));
    return isScalar(node) ? node.value : undefined;
  }

  private readAlias(target: Node | undefined, name: string, offset: number | undefined, path: KeyPath): unknown {
    if (target !== undefined) return this.read(target, path);
    return this.refuse(
      offset,
      `the alias ${quote(`*${name}`)} has no anchor above it; write ${quote(`&${name}`)} there`,
    );
  }

  private readMap(map: YAMLMap, path: KeyPath): unknown {
    const entries = new Map<string, unknown>();
    for (const { key, value } of map.items) {
      const name = isScalar(key) ? (key.source ?? String(key.value)) : undefined;
      const offset = offsetOf(key);
      if (name === undefined || name === '__proto__') {
        this.refuse(offset, 'a key must be a plain text, such as `context`');
      } else if (name === '<<') {
        this.refuse(offset, 'merge keys (`<<`) are not supported; write the keys out, or alias a whole value');
      } else if (entries.has(name)) {
        this.refuseDuplicate(name, offset, [...path, name]);
      } else {
        if (offset !== undefined) this.keys.set(JSON.stringify([...path, name]), offset);
        entries.set(name, this.read(value, [...path, name]));
      }
    }
    return Object.fromEntries(entries);
  }

  private refuseDuplicate(name: string, offset: number | undefined, path: KeyPath): void {
    const first = this.placeAt(this.keys.get(JSON.stringify(path)) ?? 0);
    this.refuse(offset, `${quote(name)} stands here again, after line ${first.line}, column ${first.column}; keep one`);
  }

  private refuse(offset: number | undefined, sentence: string): undefined {
    this.problems.push({ place: this.placeAt(offset ?? 0), sentence });
  }
}

function offsetOf(node: unknown): number | undefined {
  return isAlias(node) || isScalar(node) || isMap(node) || isSeq(node) ? node.range?.[0] : undefined;
}
