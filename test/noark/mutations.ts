import { catalogue } from '../../src/noark/catalogue/catalogue.ts'

/** An element of a document that our own writer made, open to change. */
interface Node {
  name: string
  attributes: string
  children: Node[]
  text: string
  /** Set inside virksomhetsspesifikkeMetadata, where official schemas let anything stand. */
  readonly isOurs: boolean
}

/** A number from 0 up to `below`; the same seed gives the same numbers. */
export function seeded(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const values = ['', ' ', 'x', '0', '-1', '1.5', '2147483648', '99999999999999999999', 'true', '1', 'JA', '2026-02-30']
const moments = ['2026-11-04', '2026-11-04Z', '2026-11-04T08:15:30', '2026-11-04T08:15:30.123+01:00', '24:00:00']
const ids = [
  '00000000-0000-4000-8000-000000000001',
  '00000000-0000-4000-8000-00000000000G',
  '00000000000040008000000000000001'
]
const types = ['mappe', 'saksmappe', 'registrering', 'journalpost', 'arkivnotat', 'merknad', 'm:kode', 'tull', '']
const names = Object.keys(catalogue)
const isGeneratable = (node: Node) => !node.isOurs

type Random = (below: number) => number
const pick = <Item>(random: Random, items: readonly Item[]): Item => items[random(items.length)] as Item
const copied = (node: Node): Node => structuredClone(node)

/** Each changes one element, or its place among the others. `all` are the elements of the document. */
const mutations: Readonly<Record<string, (at: Node, parent: Node, all: readonly Node[], random: Random) => void>> = {
  dropped: (at, parent) => parent.children.splice(parent.children.indexOf(at), 1),
  doubled: (at, parent) => parent.children.splice(parent.children.indexOf(at), 0, copied(at)),
  'moved one on': (at, parent) => {
    const index = parent.children.indexOf(at)
    parent.children.splice(index, 1)
    parent.children.splice(index + 1, 0, at)
  },
  'moved to the end': (at, parent) => {
    parent.children.splice(parent.children.indexOf(at), 1)
    parent.children.push(at)
  },
  emptied: (at) => Object.assign(at, { children: [], text: '' }),
  renamed: (at, _, __, random) => Object.assign(at, { name: at.name.replace(/\w+$/, pick(random, names)) }),
  'called what none is': (at) => Object.assign(at, { name: `${at.name}X` }),
  'given another value': (at, _, __, random) => {
    if (at.children.length === 0) at.text = pick(random, [...values, ...moments, ...ids])
  },
  'given text among elements': (at) => Object.assign(at, { text: 'tekst' }),
  'put in no namespace': (at) => Object.assign(at, { attributes: ' xmlns=""' }),
  'put in another namespace': (at) => Object.assign(at, { attributes: ' xmlns="urn:annet"' }),
  'put in the other schema': (at) =>
    Object.assign(at, { name: at.name.startsWith('m:') ? at.name.slice(2) : `m:${at.name}` }),
  'given another type': (at, _, __, random) => Object.assign(at, { attributes: ` xsi:type="${pick(random, types)}"` }),
  'robbed of its type': (_, __, all, random) => {
    const typed = all.filter(({ attributes }) => attributes.includes('xsi:type'))
    if (typed.length > 0) pick(random, typed).attributes = ''
  },
  'given an attribute': (at, _, __, random) => {
    const attribute = pick(random, ['label="a"', 'lang="nb"', 'xsi:nil="true"'])
    if (!at.attributes.includes(attribute)) at.attributes += ` ${attribute}`
  },
  'joined by another': (at, parent, all, random) =>
    parent.children.splice(parent.children.indexOf(at), 0, copied(pick(random, all))),
  'replaced by another': (at, parent, all, random) =>
    parent.children.splice(parent.children.indexOf(at), 1, copied(pick(random, all)))
}

export const mutationNames = Object.keys(mutations)

/** The document with an element changed in one way. Declared prefixes stay, and our own metadata is left alone. */
export function mutated(xml: string, kind: string, random: Random): string {
  const root = parse(xml)
  if (!root.attributes.includes('xmlns:m=')) root.attributes += ' xmlns:m="urn:ingen"'
  const pairs = within(root)
  const all = pairs.map(([node]) => node)
  const [at, parent] = pick(random, pairs)
  mutations[kind]?.(at, parent, all, random)
  return `<?xml version="1.0" encoding="UTF-8"?>\n${written(root)}`
}

const within = (parent: Node): readonly (readonly [Node, Node])[] =>
  parent.children.filter(isGeneratable).flatMap((child) => [[child, parent] as const, ...within(child)])

function parse(xml: string): Node {
  const stack: Node[] = [{ name: '', attributes: '', children: [], text: '', isOurs: false }]
  for (const [, close, name = '', attributes = '', text = ''] of xml.matchAll(/<(\/?)([\w:]+)([^>]*)>([^<]*)/g)) {
    if (close) stack.pop()
    else {
      const parent = stack.at(-1)
      const isOurs = parent?.isOurs === true || parent?.name === 'virksomhetsspesifikkeMetadata'
      const node: Node = { name, attributes, children: [], text, isOurs }
      parent?.children.push(node)
      stack.push(node)
    }
  }
  return stack[0]?.children[0] as Node
}

const written = ({ name, attributes, children, text }: Node): string =>
  `<${name}${attributes}>${text}${children.map(written).join('')}</${name}>`
