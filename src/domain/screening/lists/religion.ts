import type { PhraseList } from './phrase-list.ts'

/** What a person believes, and the communities of those who believe. */
export const religion: PhraseList = {
  telling: `
    tror|trur på gud|allah|jesus, frikirk*, frikyrkj*, sjiamuslim*, sunnimuslim*, scientolog*
    muslim~, muslimsk*, islam, islams, islamsk*, islamist*, kristen, kristne, kristna, kristent, nykristen, personlig|personleg kristen, kristenfolk*, kristendom*, evangelisk*
    jøde, jøden, jøder, jødene, jødar, jødane, jødisk*, jødedom*, hindu, hinduer, hinduar, hinduene, hinduisme*, buddhis*, sikh, sikher, sikhar, katolikk*, katolsk*, ortodoks*, protestant~, protestantisk*
    menighet, menigheten, menigheten vår, menighetsmedl*, menigheita, *menighet, *menigheten, kyrkjelyd*, trossamfunn, trussamfunn, trussamfunnet, trossamfunnet, sekt, sekten, sekta, *sekten, *sekta
    jehovas vitne*, jehovas, pinsevenn*, pinseven*, pinsekirk*, pinsekyrkj*, læstadian*, smiths venner|venn, brunstad christian, mormon*, adventist*, baptist*, metodist*, frelsesarm*, frelst, frelste, gjenfødt, nyfrelst
    ateist*, gudløs*, gudlaus*, humanetiker*, humanetikar*, human etisk*, agnostik*, hedning*, heidning*, troende, truande, konverter* til, konvertert, vantro, vantru
    hijab*, niqab*, burka*, koran*, sharia*, ramadan*, imam, imamen, rabbiner*, moské, moskéen, moskeen, moske, synagog*, presten vår|min, religiøs*, religionen min|hans|hennes|hennar|deira|deres, trua mi|hans|hennar, troen min|hans|hennes
    kristenliv*, bedehusfolk*, bedehusmiljø*, trosfrihet*, trusfridom*, meldt|melde|melder … ut av kirken|kirka|kyrkja|statskirken, utmeldt|utmeld av kirken|kirka|kyrkja, sabbat, sabbaten, kosher, halal*, tror på gud, trur på gud`,
  harmless: `
    jødekake*, halalt, islandsk*, hindu kush, kristen* sin butikk, sekt og|med|vin, sekt i glass, sekten* vin, ortodoks medisin, protestantisk arbeidsmoral, ateistisk, religiøst opptatt av fotball|ski, nærmest|nesten religiøs
    moskeveg*, moskéveg*, koranten`
}
