import type { PhraseList } from './phrase-list.ts'

const party =
  'AP|Ap|ap|arbeiderpartiet|arbeidarpartiet|Høyre|Høgre|FrP|FRP|Frp|frp|fremskrittspartiet|framstegspartiet|SV|Sv|sv|SP|Sp|sp|senterpartiet|Venstre|KrF|KRF|Krf|krf|MDG|mdg|Rødt|Raudt|industripartiet|Industripartiet|INP|inp|demokratene|bygdelista|Bygdelista|partiet'
const voted = 'stemmer|stemte|stemt|stemme|stem|røyster|røystar|røyste|røysta|røystet|røystte'

/** What a person votes, is a member of, or stands for; not what parties do in the municipal council. */
export const politicalView: PhraseList = {
  telling: `
    ${party
      .split('|')
      .map((name) => `${name} folk, aktiv|innmeldt i ${name}`)
      .join('\n    ')}
    ${voted} ${party}, ${voted} … på ${party}, ${voted} aldri|alltid|ikke|ikkje|nok|blankt|rødt|raudt|høyre|høgre|venstre ${party}
    ${voted} høyre|høgre|venstre|rødt|raudt|blankt, ${voted} på høyre|høgre|venstre|rødt|raudt
    medlem|medlemmer|medlemer|innmeldt|meldt|melde|aktiv|nestleder|nestleiar i|av|inn|ut|hos ${party}, melder|melde|meldt|meldte|melder … ut|inn av|i ${party}, velger|veljar i ${party}
    ${party
      .split('|')
      .map(
        (name) =>
          `${name} velger*|veljar*|medlem*|tilhenger*|tilhengjar*|-er|-ar|-eren|-aren|-ere|-kar|-dame|-dama|-folk|-mann|-kvinne`
      )
      .join('\n    ')}
    høyrevelger*, høgreveljar*, venstrevelger*, arbeiderpartivelg*, frpvelg*, frper*, sver, rødtvelg*, partimedlem*, partibok*, velger*  til|av, sympatiserer med ${party}, sympatisør*
    venstrevrid*, venstreradik*, venstreekstrem*, høyrevrid*, høgrevrid*, høyreekstrem*, høgreekstrem*, høyreradik*, ytre høyre|venstre|høgre, kommunist*, nazist*, nynazist*, sosialist~, marxist*, fascist*, fasist*, anarkist*, rasist, rasisten, rasister, rasistar, raddis*, sosialdemokrat~, konservativ velger|veljar|mann, liberalist*
    politisk ståsted|syn|tilhørighet|tilhøyrsle, politiske syn|meninger|meiningar, blå velger, raud|rød på sin hals, stortingskandidat for, kommunistsvin, nasjonalist~, islamkritisk, innvandringskritisk*, innvandringsmotstand*, antifa, monarkist*, republikaner*, trumptilheng*, sionist*, palestinaaktiv*, klimafornekt*, klimaaktivist*`,
  harmless: `
    ${voted} at|det|ikke|ikkje at, stem på bildet|biletet|navn|namn, høyre side|felt|fil|sving, venstre side|felt|fil|sving, mann sving, ap er nede|nede`
}
