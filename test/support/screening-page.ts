import { hitLabels } from '../../src/domain/screening/screen.ts'
import { positionPictures } from './position-pictures.ts'
import {
  type Counts,
  heldOut,
  type MeasuredKind,
  measure,
  measuredKinds,
  precision,
  recall,
  tuned
} from './screening-measures.ts'

const telling = positionPictures.filter(({ tells }) => tells).length

const label = (kind: MeasuredKind): string => (kind === 'danger' ? 'fare for liv' : hitLabels[kind])
const percent = (share: number): string => `${Math.round(share * 100)} %`
const shares = (counts: Counts): string =>
  `${counts.marked} | ${counts.found === 0 ? '–' : percent(precision(counts))} | ${counts.marked === 0 ? '–' : percent(recall(counts))}`

/** The page `docs/screening.md`, in bokmål: how well the detectors do on the labelled examples. */
export function screeningPage(): string {
  const known = measure([...tuned.nb, ...tuned.nn])
  const unseen = measure([...heldOut.nb, ...heldOut.nn])
  const row = (kind: MeasuredKind): string =>
    `| ${label(kind)} | \`${kind}\` | ${shares(known.get(kind) as Counts)} | ${shares(unseen.get(kind) as Counts)} |`
  return `# Hva silingen finner

Laget av \`npm run noark\` fra eksemplene i \`test/domain/screening/examples\`. Silingen foreslår; et menneske avgjør.

${count(tuned)} eksempler er brukt mens gjenkjenningen ble laget, ${count(heldOut)} er holdt utenfor (${nynorsk()} av alle er på nynorsk). Hvert eksempel
er prøvd mot alle slag, også dem det ikke handler om. **Presisjon** er hvor mange av treffene som var riktige, **dekning** hvor mange av
de merkede stedene som ble funnet. Et treff er riktig når det overlapper det som er merket.

Eksemplene er skrevet av dem som laget gjenkjenningen. Virkelige innlegg er mer uryddige, og tallene vil være lavere der.

| Slag | Kode | Merket | Presisjon | Dekning | Merket (utenfor) | Presisjon (utenfor) | Dekning (utenfor) |
|---|---|--:|--:|--:|--:|--:|--:|
${measuredKinds.map(row).join('\n')}

**GPS i bilder** (\`gps-position\`) leses av EXIF og XMP, ikke av teksten. Av ${positionPictures.length} bilder av vårt eget (JPEG, PNG, WebP og AVIF) sier ${telling}
hvor de er tatt; de andre har metadata som ligner. Presisjon og dekning er 100 %, og en prøve krever det. Bilskilt leses i tekst, ikke i
bilder.

**Tråden rundt** siles når en regel i retningslinjen har \`threadHits\`: hvert innlegg for seg, med de samme prøvene som teksten,
unntatt fare for liv.
`
}

const count = ({ nb, nn }: { nb: readonly string[]; nn: readonly string[] }): number => nb.length + nn.length
const nynorsk = (): number => tuned.nn.length + heldOut.nn.length
