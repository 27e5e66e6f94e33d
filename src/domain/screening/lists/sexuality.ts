import type { PhraseList } from './phrase-list.ts'

/** Whom a person loves, and which sex a person is. */
export const sexuality: PhraseList = {
  telling: `
    gay, er|e bi, samme|same kjønn, dame|jente|kvinne som kjæreste|kjærast, queer
    homofil*, homo, homoen, homoer, homse*, homsa, homsepropag*, homoekteskap*, lesbisk*, lesbe*, lespe, bifil, bifile, bifilt, panfil*, aseksuel*, biseksuel*, homoseksuel*, heterofil*, heteroseksuel*, seksuell|seksuelle legning|orientering|orienteringa|orienteringen|legninga
    legning, legningen, legninga, legningen hans|hennes, skeive, skeiv ungdom|person|mann|kvinne|kvinna|lærer|lærar|jente|gutt|gut, er|som|åpent|ope|åpen|open|open|jeg|eg|blitt skeiv, skeivt par|miljø|kjærasteforhold, skeivhet*
    trans, transkjøn*, transperson*, transkvin*, transmann*, transmenn*, transgutt*, transgut, transguten, transjent*, transseksuel*, kjønnsskift*, kjønnsbekreft*, kjønnsidentitet*, kjønnsinkongruen*, kjønnsdysfori*, byttet|bytta|skiftet|skifta|skifte|bytte kjønn
    ikke binær*, ikkje binær*, ikkebinær*, kjønnsnøytral person, lhbt*, likekjøn*, samkjøn*, kom|komme|kome|kommet ut av skapet|skåpet, født i feil kropp, fødd i feil kropp, dragshow, sexliv*, seksualliv*, sexlivet, transe, transa, transer, skeivingar, utroskap, kjønnslivet`,
  harmless: `
    samme|same kjønn … lag|klasse|garderobe
    skeive vegger|veggar|hus|stolper|stolpar|skilt|tenner|streker|tall|tal|fordelinger|bilder|bilete|hyller, skeive fordeling*, er|som skeiv i|mot|etter, gata|veggen|porten|stolpen|skiltet|døra|muren|benken … er skeiv, trans fett*|fettsyrer, dei|de skeive stolpane|stolpene|veggane|veggene|skilta|skiltene|benkene`
}
